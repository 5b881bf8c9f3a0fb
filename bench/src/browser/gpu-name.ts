import { type Engine, usesGpu } from '../contestants/contestant.ts';

/** The GPU that an engine uses in this page; a CPU that emulates one is called so. `null` where it uses none. */
export async function gpuName(engine: Engine): Promise<string | null> {
  if (!usesGpu(engine)) return null;
  const name = engine.kind === 'webgl' || engine.kind === 'tfjs' ? rendererName() : await adapterName();
  return /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(name) ? `software GPU (${name})` : name;
}

function rendererName(): string {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : 'unknown';
}

async function adapterName(): Promise<string> {
  const adapter = await navigator.gpu.requestAdapter();
  if (adapter === null) return 'unknown';
  const { vendor, architecture, description } = adapter.info;
  return [vendor, architecture, description].filter(Boolean).join(' ') || 'unknown';
}
