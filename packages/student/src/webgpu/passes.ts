/** Pipelines of a device by shader text: characters of the same config share them. */
export type Pipelines = Map<string, Promise<GPUComputePipeline>>;

/** Tiles to paint, on the device, and how many; `null`: the list says it itself. Passes over the same tiles share them. */
export interface ListedTiles {
  readonly buffer: GPUBuffer;
  count: number | null;
}

/** Where a list that says it itself has the numbers of workgroups, bytes. */
const WORKGROUPS_AT = 4;

/** One dispatch over tiles. */
export interface Pass {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly tiles: ListedTiles;
}

/** What a pass reads and writes, by binding. */
export type BoundBuffers = ReadonlyMap<number, GPUBuffer>;

/** Compiles a shader, or takes what was compiled before. */
export function compile(device: GPUDevice, pipelines: Pipelines, code: string): Promise<GPUComputePipeline> {
  let pipeline = pipelines.get(code);
  if (pipeline === undefined) {
    pipeline = device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
    });
    pipelines.set(code, pipeline);
  }
  return pipeline;
}

export function makePass(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  buffers: BoundBuffers,
  tiles: ListedTiles,
): Pass {
  const bindings = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [...buffers].map(([binding, buffer]) => ({ binding, resource: { buffer } })),
  });
  return { pipeline, bindings, tiles };
}

/** Runs passes one after the other, each with at most so many workgroups. */
export function encodePasses(encoder: GPUCommandEncoder, passes: readonly Pass[], workgroups: number): void {
  const work = encoder.beginComputePass();
  for (const { pipeline, bindings, tiles } of passes) {
    work.setPipeline(pipeline);
    work.setBindGroup(0, bindings);
    if (tiles.count === null) work.dispatchWorkgroupsIndirect(tiles.buffer, WORKGROUPS_AT);
    else work.dispatchWorkgroups(Math.min(tiles.count, workgroups));
  }
  work.end();
}
