/**
 * How activations lie in textures. All of them are RGBA32UI arrays, which every WebGL2 device can draw to: float
 * targets would need an extension that some lack, and bits are neither filtered nor blended anyway.
 */
export interface ActivationStorage {
  /** Groups of four channels in one texel. */
  readonly groupsPerLayer: 1 | 2;
  /** What a read value is multiplied with to give the activation; folded into the next layer's weights. */
  readonly readScale: number;
  readonly glsl: string;
  /** Expressions of a texel's groups. */
  read(texel: string): readonly string[];
  /** Expression of the texel that holds some groups. */
  write(groups: readonly string[]): string;
}

/** Four floats a texel, as their bits: exact. */
export const FLOAT_STORAGE: ActivationStorage = {
  groupsPerLayer: 1,
  readScale: 1,
  glsl: '',
  read: (texel) => [`uintBitsToFloat(${texel})`],
  write: ([group]) => `floatBitsToUint(${group})`,
};

const STEPS = 32767;

/**
 * Eight 16-bit fixed-point numbers a texel. A sine lies in [-1, 1], where fixed point steps by 2^-15 everywhere and a
 * half float by 2^-11 near 1. Measured on a published student's resting pose against its golden picture: 83 dB, with
 * half floats 71 dB, with floats 89 dB.
 */
export const FIXED16_STORAGE: ActivationStorage = {
  groupsPerLayer: 2,
  readScale: 1 / STEPS,
  glsl: `
uvec4 pack16(vec4 low, vec4 high) {
  return (uvec4(ivec4(round(low * ${STEPS}.0))) & 65535u) | (uvec4(ivec4(round(high * ${STEPS}.0))) << 16u);
}`,
  read: (texel) => [`vec4(ivec4(${texel} << 16u) >> 16)`, `vec4(ivec4(${texel}) >> 16)`],
  write: ([low, high]) => `pack16(${low}, ${high ?? 'vec4(0.0)'})`,
};

/** Texture layers that so many groups of four channels take. */
export function layerCount({ groupsPerLayer }: ActivationStorage, groups: number): number {
  return Math.ceil(groups / groupsPerLayer);
}

/** Groups of four that so many channels take. */
export function groupCount(channels: number): number {
  return Math.ceil(channels / 4);
}
