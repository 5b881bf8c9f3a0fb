import sharp from 'sharp';

/** A simple figure of circles and lines, whose head is where the rules want it, as an SVG of 512x512. */
export function figureSvg(background: string | null = null): string {
  const eye = (x: number) => `<ellipse cx="${x}" cy="147" rx="11" ry="13" fill="#fff"/>
    <ellipse cx="${x}" cy="148" rx="8" ry="11" fill="#35507c"/><circle cx="${x}" cy="148" r="4" fill="#101828"/>
    <circle cx="${x - 3}" cy="143" r="2.5" fill="#fff"/>
    <path d="M${x - 13} 139 Q${x} 128 ${x + 13} 139" fill="none" stroke="#2a1a14" stroke-width="4"/>
    <path d="M${x - 11} 122 Q${x} 117 ${x + 11} 122" fill="none" stroke="#6b4030" stroke-width="2.5"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 512 512">
    ${background === null ? '' : `<rect width="512" height="512" fill="${background}"/>`}
    <path d="M196 512 Q186 250 240 214 L272 214 Q326 250 316 512 Z" fill="#3d6b8f"/>
    <rect x="242" y="180" width="28" height="44" fill="#eebfa4"/>
    <ellipse cx="256" cy="126" rx="66" ry="62" fill="#7a4630"/>
    <path d="M204 132 Q206 176 256 192 Q306 176 308 132 Q300 96 256 94 Q212 96 204 132 Z" fill="#f9dcc8"/>
    <path d="M200 130 Q206 84 256 78 Q306 84 312 130 Q290 104 262 112 Q240 100 200 130 Z" fill="#7a4630"/>
    ${eye(233)}${eye(279)}
    <path d="M254 162 L257 166" stroke="#d09070" stroke-width="2"/>
    <path d="M246 176 Q256 183 266 176 Z" fill="#b0484a" stroke="#7c2c30" stroke-width="1.5"/>
  </svg>`;
}

/** The figure as a PNG. */
export async function figurePng(background: string | null = null): Promise<Buffer> {
  return sharp(Buffer.from(figureSvg(background)))
    .png()
    .toBuffer();
}
