import { describe, expect, it } from 'vitest';
import { decodeOsc } from './decode-osc.ts';
import { encodeOscBundle, encodeOscMessage } from './encode-osc.ts';

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('OSC', () => {
  // The example of the OSC 1.0 specification, byte for byte.
  it('writes and reads the specification’s own message', () => {
    const bytes = Uint8Array.from([...bytesOf('/oscillator/4/frequency\0,f\0\0'), ...[0x43, 0xdc, 0x00, 0x00]]);
    expect(encodeOscMessage({ address: '/oscillator/4/frequency', args: [440] })).toEqual(bytes);
    expect(decodeOsc(bytes)).toEqual({ ok: true, value: [{ address: '/oscillator/4/frequency', args: [440] }] });
  });

  it('reads every kind of argument', () => {
    const bytes = Uint8Array.from([
      ...bytesOf('/a\0\0,isdbTFNI\0\0\0'),
      ...[0xff, 0xff, 0xff, 0xfe],
      ...bytesOf('four\0\0\0\0'),
      ...[0x3f, 0xf8, 0, 0, 0, 0, 0, 0],
      ...[0, 0, 0, 2, 7, 8, 0, 0],
    ]);
    const args = [-2, 'four', 1.5, Uint8Array.of(7, 8), true, false, null, Number.POSITIVE_INFINITY];
    expect(decodeOsc(bytes)).toEqual({ ok: true, value: [{ address: '/a', args }] });
  });

  it('reads back a bundle, and bundles within it', () => {
    const messages = [
      { address: '/VMC/Ext/OK', args: [1], integers: [0] },
      { address: '/VMC/Ext/Blend/Val', args: ['A', 0.5] },
      { address: '/VMC/Ext/Blend/Apply', args: [] },
    ];
    const bundle = encodeOscBundle(messages);
    const read = messages.map(({ address, args }) => ({ address, args }));
    expect(decodeOsc(bundle)).toEqual({ ok: true, value: read });
    const outer = Uint8Array.from([
      ...bytesOf('#bundle\0'),
      ...new Uint8Array(8),
      ...[0, 0, 0, bundle.length],
      ...bundle,
    ]);
    expect(decodeOsc(outer)).toEqual({ ok: true, value: read });
  });

  it.each([
    ['nothing', ''],
    ['a length that is no multiple of four', '/a\0\0,\0\0'],
    ['no address', 'abc\0,\0\0\0'],
    ['a string that does not end', '/abc'],
    ['no comma', '/a\0\0f\0\0\0abcd'],
    ['fewer arguments than tags', '/a\0\0,ff\0abcd'],
    ['an unknown tag', '/a\0\0,q\0\0abcd'],
    ['a bundle without its time', '#bundle\0'],
    ['an element larger than the bundle', '#bundle\0\0\0\0\0\0\0\0\x01\0\0\x01\0/a\0\0'],
    ['an element of a negative size', '#bundle\0\0\0\0\0\0\0\0\x01\xff\xff\xff\xf0/a\0\0'],
    ['a blob larger than the packet', '/a\0\0,b\0\0\x7f\xff\xff\xff'],
  ])('refuses %s', (_, text) => {
    expect(decodeOsc(bytesOf(text)).ok).toBe(false);
  });

  it('refuses bundles within bundles without end', () => {
    let bytes = encodeOscMessage({ address: '/a', args: [] });
    for (let depth = 0; depth < 12; depth++) {
      const size = new Uint8Array(4);
      new DataView(size.buffer).setUint32(0, bytes.length);
      bytes = Uint8Array.from([...bytesOf('#bundle\0'), ...new Uint8Array(8), ...size, ...bytes]);
    }
    expect(decodeOsc(bytes).ok).toBe(false);
  });
});
