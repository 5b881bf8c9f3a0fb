import { decodePng, neutralPose, readZip } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { createPacker } from './pack-frames.ts';
import { MAX_FRAMES, PoseTrack } from './pose-track.ts';

const posed = (value: number): Float32Array => neutralPose().fill(value);

describe('PoseTrack', () => {
  it('gives poses at an even pace, between those that came', () => {
    const track = new PoseTrack();
    for (const [at, value] of [
      [100, 0],
      [130, 0.3],
      [125, 9],
      [200, 1],
    ] as const) {
      track.add(at, posed(value));
    }
    expect(track.durationMs).toBe(100);
    const values = track.resample(50).map((pose) => pose[0]!);
    expect(values).toHaveLength(6);
    for (const [i, value] of [0, 0.2, 0.4, 0.6, 0.8, 1].entries()) expect(values[i]).toBeCloseTo(value, 5);
  });

  it('copies poses, and has an end', () => {
    const track = new PoseTrack();
    const pose = posed(0.5);
    track.add(0, pose);
    pose.fill(0);
    expect(track.resample(30)[0]![0]).toBe(0.5);
    track.add(1e6, pose);
    expect(track.resample(30)).toHaveLength(MAX_FRAMES);
    expect(new PoseTrack().resample(30)).toEqual([]);
  });
});

const frame = (red: number) => ({
  width: 2,
  height: 2,
  data: Uint8ClampedArray.of(red, 10, 20, 255, red, 10, 20, 100, red, 10, 20, 200, 0, 0, 0, 0),
});

describe('createPacker', () => {
  it('packs PNGs with every pixel and its alpha', () => {
    const packer = createPacker('png');
    packer.add(frame(200));
    packer.add(frame(100));
    const files = readZip(packer.finish(), 'recording');
    expect([...files.keys()]).toEqual(['frame_00000.png', 'frame_00001.png']);
    expect([...decodePng(files.get('frame_00001.png')!, 'frame').data]).toEqual([...frame(100).data]);
  });

  it('packs a GIF that repeats, at its pace, with its transparent pixels', () => {
    const packer = createPacker('gif');
    packer.add(frame(200));
    packer.add(frame(100));
    const bytes = Buffer.from(packer.finish());
    expect(bytes.subarray(0, 6).toString()).toBe('GIF89a');
    expect([bytes.readUInt16LE(6), bytes.readUInt16LE(8)]).toEqual([2, 2]);
    expect(bytes.includes('NETSCAPE2.0')).toBe(true);
    // Each frame's control block: cleared before the next one, transparent, 4/100 s, transparent colour 255.
    const control = Buffer.from([0x21, 0xf9, 4, (2 << 2) | 1, 4, 0, 255, 0]);
    expect(bytes.indexOf(control)).toBeGreaterThan(0);
    expect(bytes.indexOf(control, bytes.indexOf(control) + 1)).toBeGreaterThan(0);
  });
});
