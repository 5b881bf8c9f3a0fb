import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Every page that people read: the READMEs and the documentation. */
function pages(): string[] {
  const inFolder = (folder: string, ending = '.md'): string[] =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith(ending))
      .map((name) => join(folder, name));
  const readmes = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => join(folder, name, 'README.md')),
  );
  return [
    'README.md',
    'bench/README.md',
    ...readmes.filter((path) => existsSync(join(ROOT, path))),
    ...inFolder('docs'),
  ];
}

/** Headings as the addresses that GitHub gives them. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Without code, which may hold anything. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');

describe('links', () => {
  it.each(pages())('of %s lead somewhere', (path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const found = [...prose(text).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(([, a, b]) => (a ?? b)!);
    for (const link of found) {
      if (/^(https?:|mailto:)/.test(link)) continue;
      const [file, anchor] = link.split('#') as [string, string?];
      const target = file === '' ? join(ROOT, path) : resolve(ROOT, dirname(path), decodeURI(file));
      expect(existsSync(target), `${path}: ${link}`).toBe(true);
      if (anchor !== undefined && target.endsWith('.md')) {
        expect(anchors(readFileSync(target, 'utf8')), `${path}: ${link}`).toContain(anchor);
      }
    }
  });
});
