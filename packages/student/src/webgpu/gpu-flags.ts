/** Bits of `GPUBufferUsage`, `GPUMapMode` and `GPUTextureUsage`; Node has no such globals. */
export const BUFFER = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, storage: 0x80, indirect: 0x100 } as const;
export const MAP_READ = 0x1;
export const RENDER_TARGET = 0x10;
