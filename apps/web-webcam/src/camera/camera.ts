/** A camera that is on. */
export interface OpenCamera {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
  readonly id: string;
  readonly label: string;
}

/** A camera that could be opened. */
export interface CameraChoice {
  readonly id: string;
  readonly label: string;
}

/** Opens a camera. @param id one of `listCameras`; `null`: the one that faces the person @throws {DOMException} */
export async function openCamera(id: string | null): Promise<OpenCamera> {
  if (navigator.mediaDevices === undefined) {
    // Pages that did not come over https have no cameras at all.
    throw new DOMException('no media devices', 'InsecureContextError');
  }
  const which: MediaTrackConstraints = id === null ? { facingMode: 'user' } : { deviceId: { exact: id } };
  const stream = await navigator.mediaDevices.getUserMedia({
    // More pixels would cost time and show the tracker nothing.
    video: { ...which, width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } },
  });
  const track = stream.getVideoTracks()[0]!;
  return { stream, track, id: track.getSettings().deviceId ?? track.label, label: track.label };
}

/** Turns a camera off. */
export function closeCamera({ stream }: OpenCamera): void {
  for (const track of stream.getTracks()) track.stop();
}

/** All cameras. Before the first permission browsers hide their names; such cameras are left out. */
export async function listCameras(): Promise<readonly CameraChoice[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId: id, label }, i) => ({ id, label: label || `Camera ${i + 1}` }));
}
