import { BackendError } from '@tha4/core';
import { checkedSetup } from './checked-setup.ts';
import { RENDER_TARGET } from './gpu-flags.ts';
import { presentShader } from './present-shader.ts';
import type { WebgpuStudent } from './webgpu-student.ts';

/** Draws the frames of one student straight to canvases; nothing is read back. */
export class CanvasPresenter {
  readonly #device: GPUDevice;
  readonly #format: GPUTextureFormat;
  readonly #size: number;
  readonly #pipeline: GPURenderPipeline;
  readonly #bindings: GPUBindGroup;
  readonly #configured: WeakSet<GPUCanvasContext> = new WeakSet();

  private constructor(
    device: GPUDevice,
    format: GPUTextureFormat,
    student: WebgpuStudent,
    pipeline: GPURenderPipeline,
  ) {
    this.#device = device;
    this.#format = format;
    this.#size = student.size;
    this.#pipeline = pipeline;
    this.#bindings = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [{ binding: 0, resource: { buffer: student.frame } }],
    });
  }

  /** @param format of the canvases; `navigator.gpu.getPreferredCanvasFormat()` is the one without a conversion */
  static create(device: GPUDevice, format: GPUTextureFormat, student: WebgpuStudent): Promise<CanvasPresenter> {
    return checkedSetup(device, 'the presenting shader', async () => {
      const module = device.createShaderModule({ code: presentShader(student.size) });
      const pipeline = await device.createRenderPipelineAsync({
        layout: 'auto',
        vertex: { module, entryPoint: 'corner' },
        fragment: { module, entryPoint: 'pixel', targets: [{ format }] },
      });
      return new CanvasPresenter(device, format, student, pipeline);
    });
  }

  /** The canvas takes the frame's size. @throws {BackendError} when it has a context of another kind already */
  draw(canvas: HTMLCanvasElement | OffscreenCanvas): void {
    const context = canvas.getContext('webgpu') as GPUCanvasContext | null;
    if (context === null) {
      throw new BackendError(
        'present: expected a canvas that gives a WebGPU context, got none; is it used for 2d or WebGL already?',
      );
    }
    const size = this.#size;
    if (canvas.width !== size) canvas.width = size;
    if (canvas.height !== size) canvas.height = size;
    if (!this.#configured.has(context)) {
      const alphaMode = 'premultiplied';
      context.configure({ device: this.#device, format: this.#format, usage: RENDER_TARGET, alphaMode });
      this.#configured.add(context);
    }
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view: context.getCurrentTexture().createView(), loadOp: 'clear', storeOp: 'store' }],
    });
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#bindings);
    pass.draw(3);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }
}
