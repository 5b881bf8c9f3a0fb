/**
 * Draws the frame over a whole render target of its size: un-premultiplied in linear light, encoded to sRGB, and
 * multiplied by alpha again in sRGB, which is what a canvas with `alphaMode: 'premultiplied'` takes and a page
 * composites; so it looks like `putImageData` of the frame's straight bytes. The frame holds values in [0, 2].
 */
export function presentShader(size: number): string {
  return `
@group(0) @binding(0) var<storage, read> frame: array<vec4f, ${size ** 2}>;

@vertex
fn corner(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

fn encode(linear: vec3f) -> vec3f {
  let v = clamp(linear, vec3f(0.0), vec3f(1.0));
  let low = v * 12.92;
  let high = 1.055 * pow(max(v, vec3f(0.0031)), vec3f(1.0 / 2.4)) - 0.055;
  return select(high, low, v <= vec3f(0.003130804953560372));
}

@fragment
fn pixel(@builtin(position) at: vec4f) -> @location(0) vec4f {
  let value = frame[u32(at.y) * ${size}u + u32(at.x)] * 0.5;
  let alpha = min(value.a, 1.0);
  if (!(alpha >= 1e-5)) {
    return vec4f();
  }
  return vec4f(encode(value.rgb / alpha) * alpha, alpha);
}
`;
}
