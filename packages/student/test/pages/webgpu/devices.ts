/** Every device that the page was given, so that a test can take one away. */
const devices: GPUDevice[] = [];
let refuse = false;
let breakBuffers = false;

/** `navigator.gpu`, but it remembers its devices, and gives no adapter once `refuseDevices` was called. */
export const gpu: GPU = new Proxy({} as GPU, {
  get(_, key) {
    if (key !== 'requestAdapter') {
      const value: unknown = Reflect.get(navigator.gpu, key);
      return typeof value === 'function' ? value.bind(navigator.gpu) : value;
    }
    return async (options?: GPURequestAdapterOptions): Promise<GPUAdapter | null> => {
      const adapter = refuse ? null : await navigator.gpu.requestAdapter(options);
      if (adapter === null) return null;
      const requestDevice = adapter.requestDevice.bind(adapter);
      adapter.requestDevice = async (descriptor?: GPUDeviceDescriptor) => {
        const device = await requestDevice(descriptor);
        devices.push(device);
        const createBuffer = device.createBuffer.bind(device);
        device.createBuffer = (wanted) => createBuffer(breakBuffers ? { ...wanted, usage: 0 } : wanted);
        return device;
      };
      return adapter;
    };
  },
});

/** Loses the newest device, as a driver's restart does. */
export function loseLastDevice(): void {
  devices.at(-1)!.destroy();
}

/** From now on there is no adapter. */
export function refuseDevices(): void {
  refuse = true;
}

/** From now on every buffer is made in a way that the device refuses. */
export function breakEveryBuffer(): void {
  breakBuffers = true;
}

/** How many devices there have been. */
export function deviceCount(): number {
  return devices.length;
}

/** Pops an error scope of the newest device: `true` where none was left open. */
export async function scopesAreClosed(): Promise<boolean> {
  return devices
    .at(-1)!
    .popErrorScope()
    .then(
      () => false,
      () => true, // an empty stack is an OperationError
    );
}
