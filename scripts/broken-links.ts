import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface BrokenLink {
  /** The page's path in the site. */
  readonly page: string;
  readonly link: string;
  /** Where the link would lead. */
  readonly target: string;
}

/** All relative `href` and `src` of a folder's pages behind which there is nothing; a folder counts with its index. */
export function brokenLinks(site: string): readonly BrokenLink[] {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
  return pages.flatMap((page) => {
    const html = readFileSync(join(site, page), 'utf8').replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, keepTag);
    return [...html.matchAll(/\s(?:href|src)="([^"#?]+)[^"]*"/g)].flatMap(([, link]) => {
      if (/^[a-z][a-z+.-]*:|^\/\//i.test(link!)) return [];
      const target = resolve(site, dirname(page), decodeURIComponent(link!));
      return leads(site, target) ? [] : [{ page, link: link!, target }];
    });
  });
}

/** A script's or style's own attributes, without what it contains. */
const keepTag = (element: string): string => element.slice(0, element.indexOf('>') + 1);

function leads(site: string, target: string): boolean {
  if (relative(site, target).startsWith('..') || !existsSync(target)) return false;
  return !statSync(target).isDirectory() || existsSync(join(target, 'index.html'));
}
