/** Where a shader keeps the picture that is warped and the frame; see `blendWgsl`. */
export const FRAME_BINDING = 3;
export const PICTURE_BINDING = 4;

/**
 * WGSL of `blend(at, low, high)`: the frame at a pixel from the network's seven outputs (flow x, y; alpha; R | G, B, A).
 * Samples the picture at identity + flow (bilinear, border clamped) and blends the colour over it,
 * `warped + alpha (colour - warped)`. The frame holds 1 + the value, so that a cleared buffer is a transparent frame.
 */
export function blendWgsl(size: number): string {
  return `
@group(0) @binding(${FRAME_BINDING}) var<storage, read_write> frame: array<vec4f, ${size ** 2}>;
@group(0) @binding(${PICTURE_BINDING}) var<storage, read> picture: array<vec4f, ${size ** 2}>;
fn warped(pixel: vec2u, flow: vec2f) -> vec4f {
  let centre = (2.0 * vec2f(pixel) + 1.0) * ${1 / size} - 1.0;
  let at = clamp((centre + flow + 1.0) * ${size / 2} - 0.5, vec2f(0.0), vec2f(${size - 1}));
  let cell = vec2u(at);
  let next = min(cell + 1u, vec2u(${size - 1}u));
  let share = at - vec2f(cell);
  let a = picture[cell.y * ${size}u + cell.x];
  let b = picture[cell.y * ${size}u + next.x];
  let c = picture[next.y * ${size}u + cell.x];
  let d = picture[next.y * ${size}u + next.x];
  let over = fma(b - a, vec4f(share.x), a);
  let under = fma(d - c, vec4f(share.x), c);
  return fma(under - over, vec4f(share.y), over);
}
fn blend(at: vec2u, low: vec4f, high: vec4f) {
  let under = warped(at, low.xy);
  frame[at.y * ${size}u + at.x] = fma(vec4f(low.w, high.xyz) - under, vec4f(low.z), under) + 1.0;
}`;
}
