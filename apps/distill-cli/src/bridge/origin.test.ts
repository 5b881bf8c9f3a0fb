import { expect, it } from 'vitest';
import { isLoopback, mayConnect } from './origin.ts';

it.each([
  [undefined, true],
  ['http://localhost:5173', true],
  ['http://127.0.0.1', true],
  ['https://[::1]:8443', true],
  ['http://app.localhost:1', true],
  ['https://example.org', false],
  ['http://localhost.evil.example', false],
  ['http://evil.example/http://localhost', false],
  ['http://127.0.0.1.evil.example', false],
  ['http://localhost@evil.example', false],
  ['http://192.168.0.5:8080', false],
  ['chrome-extension://localhost', false],
  ['null', false],
  ['file://', false],
  ['http://absolute', false],
  ['', false],
  ['rubbish', false],
])('a page of %s may connect: %s', (origin, may) => {
  expect(mayConnect(origin, [])).toBe(may);
});

it('lets in what is listed, and nothing that looks like it', () => {
  const allowed = ['https://example.org', 'file'];
  for (const origin of ['https://example.org', 'null', 'file://', 'http://absolute']) {
    expect(mayConnect(origin, allowed)).toBe(true);
  }
  for (const origin of ['http://example.org', 'https://example.org:444', 'https://www.example.org', 'files']) {
    expect(mayConnect(origin, allowed)).toBe(false);
  }
});

it('knows this computer', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost']) expect(isLoopback(host)).toBe(true);
  for (const host of ['0.0.0.0', '192.168.0.7', '::', '127.0.0.1.evil', '1127.0.0.1', '']) {
    expect(isLoopback(host)).toBe(false);
  }
});
