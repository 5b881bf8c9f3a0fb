/** What stands below the options of every command that can ask a published teacher. */
export const OFFICIAL_HELP: string = `
tha4 and tha3 are the published systems. They need their author's weights:
tha4 weights fetch tha4, or --weights FOLDER|ZIP once. They run on the best engine
that is here, which is said.`;

export const WEIGHTS_HELP: string = `
Nothing is downloaded without the command fetch, which shows the licence and asks.
  tha4   CC BY-NC 4.0: not for commercial use, and neither is what is distilled from it
  tha3   CC BY 4.0: name the author, Pramook Khungurn, wherever you pass them on
Weights that are here already: name their folder or zip once with --weights, or put them
into the folder that THA4_WEIGHTS names.

Examples:
  tha4 weights                            which are here
  tha4 weights fetch tha4
  tha4 weights fetch tha3 --accept-licence
`;

export const COMPARE_HELP: string = `
Left A, right B, then their difference four times enlarged; below, the face. PSNR and SSIM
compare B with A: sRGB, premultiplied in linear light, all four channels.

Examples:
  tha4 compare puppet rin.tha             a student and what it learnt from
  tha4 compare tha4 rin.tha --count 16
  tha4 compare tha4 tha3 --picture rin.png
`;

export const EXPORT_ONNX_HELP: string = `
A teacher gives one file for each network, a character the same as convert --to onnx: student,
face_morpher and body_morpher. Images are NCHW RGBA in linear light, scaled to [-1, 1].

Examples:
  tha4 export-onnx tha4 tha4-onnx/
  tha4 export-onnx rin.tha rin-onnx/
`;

export const SERVE_HELP: string = `
A page of this machine, such as that of pnpm dev with its switch "teacher (slow)", then shows
what the teacher paints. Pages of other machines may not connect unless --allow-origin names them.

Examples:
  tha4 serve rin.png                      by tha4
  tha4 serve rin.tha --teacher puppet
`;
