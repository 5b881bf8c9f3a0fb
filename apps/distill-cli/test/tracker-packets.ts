import { encodeOscBundle, type TrackerProtocol } from '@tha4/pose-mapper';

/** The same face for every tracker: the left eye shut, the nose 8 degrees to the person's own left. */
export const PACKETS: Readonly<Record<TrackerProtocol, Uint8Array>> = {
  ifacialmocap: Buffer.from('eyeBlink_L&100|eyeBlink_R&0|=head#0,8,0,0,0,0|rightEye#0,0,0|leftEye#0,0,0|'),
  facemotion3d: Buffer.from('eyeBlinkLeft&100|FM_noseUp&3|=head#0,8,0,0,0,0|'),
  openseeface: openSeeFace(),
  vmc: encodeOscBundle([
    { address: '/VMC/Ext/Blend/Val', args: ['Blink_L', 1] },
    { address: '/VMC/Ext/Blend/Apply', args: [] },
    // Unity turns to the other side: y points up in a left-handed frame.
    { address: '/VMC/Ext/Bone/Pos', args: ['Head', 0, 0, 0, 0, -Math.sin(Math.PI / 45), 0, Math.cos(Math.PI / 45)] },
  ]),
  'vtube-studio': Buffer.from(
    JSON.stringify({
      FaceFound: true,
      Rotation: { x: 8, y: 0, z: 0 },
      BlendShapes: [
        { k: 'EyeBlinkLeft', v: 1 },
        { k: 'EyeBlinkRight', v: 0 },
      ],
    }),
  ),
};

/** Places are those of the tracker's format, `=di2f2fB1f4f3f3f68f136f210f14f`. */
function openSeeFace(): Uint8Array {
  const view = new DataView(new ArrayBuffer(1785));
  view.setFloat32(20, 1, true); // right eye open
  view.setUint8(28, 1); // fit
  for (const [i, angle] of [180, 18, 90].entries()) view.setFloat32(49 + 4 * i, angle, true);
  return new Uint8Array(view.buffer);
}
