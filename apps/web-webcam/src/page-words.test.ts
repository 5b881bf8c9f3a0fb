import { DEFAULT_SETTINGS } from '@tha4/pose-mapper';
import { describe, expect, it } from 'vitest';
import { bridgeUrl } from './bridge/bridge-link.ts';
import { bridgeWords } from './bridge/bridge-words.ts';
import { mediaProblem } from './camera/camera-words.ts';
import { MODEL_FILE, modelProblem } from './model/model-file.ts';
import { FEEL, THRESHOLDS } from './settings/control-table.ts';
import { sampleTowards } from './sources/mouse-source.ts';
import { parseSource } from './sources/source-switch.ts';
import { Latency } from './stage/latency.ts';
import { listed, milliseconds, Rate, rate } from './stage/live-facts.ts';

describe('mediaProblem', () => {
  it('says what to do, in words', () => {
    expect(mediaProblem(new DOMException('x', 'NotAllowedError'), 'camera')).toContain('Allow it beside the address');
    expect(mediaProblem(new DOMException('x', 'NotFoundError'), 'microphone')).toContain('There is no microphone here');
    expect(mediaProblem(new Error('odd'), 'camera')).toBe(
      'The camera could not be opened: odd. Choose it again to try once more.',
    );
  });
});

describe('bridgeUrl', () => {
  it('takes addresses as people write them', () => {
    expect(bridgeUrl('127.0.0.1:39545', 'face').href).toBe('ws://127.0.0.1:39545/?stream=face');
    expect(bridgeUrl('ws://10.0.0.2:1/?token=a', 'pose').href).toBe('ws://10.0.0.2:1/?token=a&stream=pose');
  });

  it.each(['http://127.0.0.1', 'ws://', ''])('refuses %j', (address) => {
    expect(() => bridgeUrl(address, 'pose')).toThrow(/expected an address such as ws:/);
  });
});

describe('bridgeWords', () => {
  it('says who drives', () => {
    expect(bridgeWords({ type: 'status', state: 'idle', driving: null, sources: [] })).toContain('Nothing is sending');
    expect(bridgeWords({ type: 'status', state: 'tracking', driving: 'vmc', sources: [] })).toBe(
      'A VMC program moves the character.',
    );
  });
});

describe('modelProblem', () => {
  it('knows a wrong size and a wrong content', async () => {
    expect(await modelProblem(new Uint8Array(3))).toBe('expected 3,758,596 bytes, got 3');
    expect(await modelProblem(new Uint8Array(MODEL_FILE.bytes))).toMatch(/^expected SHA-256 64184e229b26…, got /);
  });
});

describe('controls', () => {
  it('write what they read, and nothing else', () => {
    for (const { id, min, max, read, write } of [...FEEL, ...THRESHOLDS]) {
      const patch = write((min + max) / 2);
      const [group] = Object.keys(patch) as [keyof typeof patch];
      const settings = {
        ...DEFAULT_SETTINGS,
        [group]: { ...(DEFAULT_SETTINGS[group] as object), ...(patch[group] as object) },
      };
      expect(read(settings), id).toBe((min + max) / 2);
    }
    expect(new Set([...FEEL, ...THRESHOLDS].map(({ id }) => id)).size).toBe(FEEL.length + THRESHOLDS.length);
  });
});

describe('sampleTowards', () => {
  const picture = { left: 100, top: 0, width: 400, height: 500 };

  it('looks straight at the middle of the face, and aside like a mirror', () => {
    const middle = sampleTowards(picture, 1000, 800, 300, 150);
    expect([middle.rotation.yaw + 0, middle.rotation.pitch]).toEqual([0, 0]);
    const right = sampleTowards(picture, 1000, 800, 1000, 800);
    // The person's own right, which is the left of an unmirrored picture; and down.
    expect(right.rotation.yaw).toBeLessThan(-0.1);
    expect(right.rotation.pitch).toBeGreaterThan(0.1);
  });
});

describe('facts', () => {
  it('measures from the picture that moved a pose to the frame that shows it', () => {
    const latency = new Latency();
    latency.wish(100);
    latency.wish(null);
    latency.begin();
    latency.wish(150);
    latency.end(180);
    expect(latency.ms).toBe(80);
    latency.begin();
    latency.end(250);
    expect(latency.ms).toBeCloseTo(82);
    latency.begin();
    latency.end(900); // nothing new moved this frame
    expect(latency.ms).toBeCloseTo(82);
  });

  it('are written for people', () => {
    expect([milliseconds(null), milliseconds(0.02), milliseconds(4.25), milliseconds(31.6)]).toEqual([
      '',
      '< 0.1 ms',
      '4.3 ms',
      '32 ms',
    ]);
    const often = new Rate();
    for (const at of [0, 40, 80]) often.note(at);
    expect(listed(rate(often.perSecond), '', 'x')).toBe('25 a second, x');
    expect(parseSource('webcam')).toBe('webcam');
    expect(parseSource('tv')).toBeNull();
  });
});
