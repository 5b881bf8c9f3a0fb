/** Colours of the drawing, sRGB. */
export const SKIN = { base: '#ffeade', light: '#fff4ec', shade: '#f7c3b3', deep: '#e59c97', line: '#7d3b48' } as const;
export const HAIR = {
  crown: '#5a78de',
  middle: '#7fa4f4',
  tip: '#a4e6ee',
  shade: '#4a5cc6',
  deep: '#37429c',
  gloss: '#e2f2ff',
  line: '#252c6b',
} as const;
/** The underside of the hair, and the long strands. */
export const INNER = { middle: '#e07fc0', tip: '#ffcbdc', shade: '#a857a8', line: '#5a2a6b' } as const;
export const IRIS = { top: '#5a1a2e', middle: '#d9602b', bottom: '#ffc84a', rim: '#471425', glow: '#ffe890' } as const;
export const LASH = { ink: '#2a1838', soft: '#8a3f52' } as const;
export const MOUTH = { inside: '#a8323f', tongue: '#f2787c', line: '#84303f' } as const;
export const CLOTH = { base: '#ffffff', shade: '#d3daf3', deep: '#a9b3de', line: '#343a78' } as const;
export const DRESS = { light: '#5664bd', base: '#3d489c', shade: '#2c3379', deep: '#20255c', line: '#191c48' } as const;
export const AQUA = { base: '#7fdfe2', shade: '#49b3c6' } as const;
export const CORAL = { light: '#ff9d8c', base: '#ff6c6c', shade: '#d5455f', deep: '#a32c4d', line: '#6b1a38' } as const;
export const GOLD = { light: '#fff0a8', base: '#ffcb52', shade: '#d98a2b', line: '#7a4318' } as const;
