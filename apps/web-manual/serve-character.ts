import { createReadStream, readdirSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { basename, dirname, resolve } from 'node:path';
import type { Connect, Plugin } from 'vite';

const PREFIX = '/character/';
const ENTRIES = [/\.tha$/i, /^character\.json$/, /\.ya?ml$/i, /^face_morpher\.json$/, /\.zip$/i];

/**
 * Serves one character at `/character/` of the dev and preview servers, with an `index.json` that names it, so that
 * the page opens it at the start.
 *
 * @param path a character's file or its folder, relative to where the command was given; nothing is served without it
 */
export function serveCharacter(path: string | undefined): Plugin {
  if (path === undefined || path === '') return { name: 'serve-character' };
  const { folder, entry, names } = findCharacter(resolve(process.env.INIT_CWD ?? '.', path));
  const answer: Connect.NextHandleFunction = (request, response, next) => {
    const address = new URL(request.url ?? '/', 'http://localhost').pathname;
    const at = address.lastIndexOf(PREFIX);
    if (at < 0) return next();
    const name = decodeURIComponent(address.slice(at + PREFIX.length));
    if (name === 'index.json') return sendJson(response, { character: encodeURIComponent(entry) });
    if (!names.includes(name)) return sendJson(response, { missing: name }, 404);
    response.setHeader('Content-Type', 'application/octet-stream');
    createReadStream(resolve(folder, name)).pipe(response);
  };
  return {
    name: 'serve-character',
    configureServer: (server) => void server.middlewares.use(answer),
    configurePreviewServer: (server) => void server.middlewares.use(answer),
  };
}

interface FoundCharacter {
  readonly folder: string;
  /** The file that stands for the character. */
  readonly entry: string;
  /** Plain names of all files that may be asked for. */
  readonly names: readonly string[];
}

function findCharacter(path: string): FoundCharacter {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Error(`THA4_CHARACTER: expected a file or folder, got nothing at ${path}`);
  if (found.isFile()) return withNeighbours(dirname(path), basename(path));
  const names = readdirSync(path);
  const entry = ENTRIES.flatMap((pattern) => names.filter((name) => pattern.test(name)))[0];
  if (entry === undefined) {
    throw new Error(
      `THA4_CHARACTER: expected a character in ${path}, got ${names.slice(0, 8).join(', ') || 'no files'}`,
    );
  }
  return withNeighbours(path, entry);
}

/** An archive holds everything; another entry file names files beside it. */
function withNeighbours(folder: string, entry: string): FoundCharacter {
  const names = /\.(tha|zip)$/i.test(entry) ? [entry] : readdirSync(folder);
  return { folder, entry, names };
}

function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
