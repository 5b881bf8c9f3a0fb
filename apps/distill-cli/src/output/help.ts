import { POSE_PARAMETERS, POSE_PRESETS } from '@tha4/core';

/** What stands below the options in `tha4 --help`. */
export const PROGRAM_HELP: string = `
A character is a .tha file, its folder, a folder of the original (character_model.yaml),
or a folder of the published web demos (face_morpher.json).

Examples:
  tha4 distill rin.png
  tha4 prepare drawing.png --out rin
  tha4 info rin.tha
  tha4 convert character_models/rin rin.tha
  tha4 pose rin.tha --pose smile --out smile.png
  tha4 sheet rin.png --out sheet.png
  tha4 check rin.tha
  tha4 bridge
`;

export const DISTILL_HELP: string = `
Writes into the folder
  NAME.tha      the character
  report.html   live while it trains, and everything that was measured at the end
  proof.png     three poses; comparison.png: teacher, student and their difference
  state/        what a stopped run goes on from; removed when the run is done

Ctrl-C saves; the same command goes on, and ends with the same weights as a run
that was never stopped (a time budget may buy more or fewer updates).

Examples:
  tha4 distill                            the demo character
  tha4 distill rin.png --time 10m
  tha4 distill rin.png --teacher student:rin.tha --student lite
  tha4 distill --config data/distill_examples/rin/config.yaml
  tha4 distill rin.png --json             one event a line, the result at the end
`;

export const INFO_HELP: string = `
Examples:
  tha4 info rin.tha
  tha4 info character_models/rin          a folder of any form
  tha4 info face_morpher.pt               the tensors of a single weight file
`;

export const CONVERT_HELP: string = `
TO ends in      writes
  .tha          one character file
  folder/       the same as a folder; with --to original the folder that the
                original's PyTorch programs open, with --to onnx three graphs
  .zip          either folder as a zip
  .onnx         one graph: picture and pose in, frame out
  .pt           PyTorch weights, from a single .safetensors
  .safetensors  the reverse

Weights, in a .tha and its folder:
  int16         16-bit integers with a scale per channel: half the size, over 60 dB
                like fp32, which nobody can see; the default for other programs'
                characters
  fp32          every bit (--dtype fp32): to train on, or to go back to .pt unchanged
  fp16          as small as int16, 44 to 57 dB (--dtype fp16)
  small         under 0.55 MB (--size small), 47 dB or more over the frame, in widths
                that are found by painting; takes a minute
  What is in a character file already keeps its bits where neither option is given.
  A survey of 120 poses finds out where the character can be seen, once: then it
  paints about twice as fast. --no-survey leaves that out.

Examples:
  tha4 convert character_models/rin rin.tha
  tha4 convert character_models/rin rin.tha --dtype fp32       twice the size
  tha4 convert rin.tha rin-small.tha --size small     under 0.55 MB of weights
  tha4 convert rin.tha rin/                           to look inside
  tha4 convert rin.tha rin-pytorch/ --to original
  tha4 convert rin.tha rin.onnx
  tha4 convert face_morpher.pt face_morpher.safetensors
`;

export const POSE_HELP: string = `
A pose is one of
  a preset      ${POSE_PRESETS.join(', ')}
  name=value    head_y=0.5,mouth_aaa=1  (what is not named rests; eye_wink sets both
                eyes, eye_wink_left the character's own left one)
  a JSON file   {"head_y": 0.5, "mouth_aaa": 1}, or an array of 45 numbers

Names, from 0 to 1, or from -1 where marked with *:
${names()}

A file of poses is a JSON array, or an object with a speed:
  ["neutral", "smile", "head_y=0.5", {"head_y": 1, "mouth_aaa": 0.5}]
  {"fps": 24, "poses": [...]}

Examples:
  tha4 pose rin.tha --pose smile --out smile.png
  tha4 pose rin.tha --pose head_y=0.5,eye_wink_left=1 --out turned.png --background white
  tha4 pose rin.tha --poses nod.json --out nod.webp --fps 30
  tha4 pose rin.tha --poses nod.json --out frames/          frame_0001.png, ...
`;

export const SHEET_HELP: string = `
The puppet is the built-in teacher: it poses any picture that keeps the rules, and needs
no download. The face mask is white where brows, eyes, mouth and jaw move; without --mask
the character's own is taken, or one is found in the picture.

Examples:
  tha4 sheet rin.png
  tha4 sheet rin.png --mask face_mask.png --out rin-sheet.png
  tha4 sheet rin.tha                          by its own student
  tha4 sheet rin.tha --teacher puppet         by the puppet, to compare
`;

export const PREPARE_HELP: string = `
FOLDER gets
  character.png   512x512, transparent around the figure, the head in its place
  face_mask.png   white where brows, eyes, mouth and jaw move
  overlay.png     both with the boxes and the problems, to look at
  report.json     what was found and done
Where the picture cannot be used, only the last two are written. Your picture is
never changed. Boxes are x,y,width,height in pixels from the top left corner.

A good picture: one figure, upright, facing you, hands away from the face, nothing
behind it, eyes open, the mouth visible; the head 128 pixels high or more.

Examples:
  tha4 prepare drawing.png --out rin
  tha4 prepare drawing.jpg --out rin --head 410,120,300,300    where the head is
  tha4 prepare drawing.png --out rin --mask my-mask.png
  tha4 prepare drawing.png --out rin --mouth 228,166,56,34     one box of the mask
`;

export const CHECK_HELP: string = `
Examples:
  tha4 check rin.tha
  tha4 check rin.tha --json               for programs; exit code 1 where it is not sound
`;

export const BRIDGE_HELP: string = `
Trackers, and where they send by default (UDP):
  ifacialmocap   49983   iPhone app, both versions; TCP with --tcp
  facemotion3d   49993   the same
  vtube-studio   21413   the phone app ("3rd Party PC Clients" has to be on)
  openseeface    11573   webcam tracker on a computer
  vmc            39539   VSeeFace, VMagicMirror, Waidayo, ... as the sender

Only this computer may send and connect. A phone named by --phone may send, too, and
so may the addresses of --from. Pages of this computer (http://localhost:...) may
connect; others need --allow-origin. With another --host, pages need the token that
is printed.

Examples:
  tha4 bridge                                       everything on this computer
  tha4 bridge --phone ifacialmocap=192.168.0.7
  tha4 bridge --listen openseeface,vmc=39540
  tha4 bridge --vts                                 VTube Studio on this computer
  tha4 bridge --send-vmc 127.0.0.1:39539            into VSeeFace and others
  tha4 bridge --host 0.0.0.0 --allow-origin http://192.168.0.5:8080
  tha4 bridge --allow-origin file                   for a page opened from a file
`;

/** The parameters' names without their sides, wrapped. */
function names(): string {
  const marked = POSE_PARAMETERS.filter(({ side }) => side !== 'right').map(
    ({ base, min }) => `${base}${min < 0 ? '*' : ''}`,
  );
  const lines: string[] = [];
  let line = '';
  for (const name of marked) {
    if (line.length + name.length + 2 > 86) {
      lines.push(`${line},`);
      line = '';
    }
    line += line === '' ? name : `, ${name}`;
  }
  return [...lines, line].map((text) => `  ${text}`).join('\n');
}
