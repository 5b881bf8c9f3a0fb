import { createReadStream, readdirSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { basename, dirname, join, resolve } from 'node:path';
import type { Connect, Plugin } from 'vite';

const ENTRIES = [/\.tha$/i, /^character\.json$/, /\.ya?ml$/i, /^face_morpher\.json$/, /\.zip$/i];

/**
 * Serves one character at `/character/` of the dev and preview servers, with an `index.json` that names it, so that
 * the page opens it at the start.
 *
 * @param path a character's file or its folder, relative to where the command was given; nothing is served without it
 */
export function serveCharacter(path: string | undefined): Plugin {
  if (path === undefined || path === '') return { name: 'serve-character' };
  const { entry, files } = findCharacter(resolve(process.env.INIT_CWD ?? '.', path));
  const answer = (base: string): Connect.NextHandleFunction => {
    const prefix = `${base.startsWith('/') ? base : '/'}character/`;
    return (request, response, next) => {
      const address = new URL(request.url ?? '/', 'http://localhost').pathname;
      if (!address.startsWith(prefix)) return next();
      const name = decodeURIComponent(address.slice(prefix.length));
      if (name === 'index.json') return sendJson(response, { character: encodeURI(entry) });
      const file = files.get(name);
      if (file === undefined) return sendJson(response, { missing: name }, 404);
      response.setHeader('Content-Type', 'application/octet-stream');
      createReadStream(file).pipe(response);
    };
  };
  return {
    name: 'serve-character',
    configureServer: (server) => void server.middlewares.use(answer(server.config.base)),
    configurePreviewServer: (server) => void server.middlewares.use(answer(server.config.base)),
  };
}

interface FoundCharacter {
  /** Address of the file that stands for the character, below the prefix. */
  readonly entry: string;
  /** Address -> path of every file that may be asked for. */
  readonly files: ReadonlyMap<string, string>;
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

/** An archive holds everything. Another entry file names files beside it, and their folder's name is the character's. */
function withNeighbours(folder: string, entry: string): FoundCharacter {
  if (/\.(tha|zip)$/i.test(entry)) return { entry, files: new Map([[entry, join(folder, entry)]]) };
  const address = (name: string): string => `${basename(folder)}/${name}`;
  const names = readdirSync(folder, { withFileTypes: true }).filter((item) => item.isFile());
  return { entry: address(entry), files: new Map(names.map(({ name }) => [address(name), join(folder, name)])) };
}

function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
