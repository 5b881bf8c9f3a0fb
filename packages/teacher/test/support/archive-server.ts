import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of one file that can misbehave; it understands ranges as the ones in the world do. */
export interface ArchiveServer {
  readonly url: string;
  /** Range headers of all requests so far, `null` for a request of everything. */
  readonly requests: (string | null)[];
  /** Bytes after which the next answer breaks off. */
  breakAfter: number | null;
  etag: string | null;
  /** Sends a web page instead, as a site does that wants a click. */
  isPage: boolean;
  close(): Promise<void>;
}

export async function archiveServer(bytes: Uint8Array): Promise<ArchiveServer> {
  const requests: (string | null)[] = [];
  const http: Server = createServer((request, response) => {
    const { range = null, 'if-range': version = null } = request.headers;
    requests.push(range);
    if (server.isPage) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>Click here</html>');
      return;
    }
    const isRest = range !== null && (version === null || version === server.etag);
    const from = isRest ? Number(/^bytes=(\d+)-$/.exec(range)![1]) : 0;
    if (from >= bytes.length) {
      response.writeHead(416).end();
      return;
    }
    const body = bytes.subarray(from);
    response.writeHead(isRest ? 206 : 200, {
      'content-type': 'application/zip',
      'content-length': body.length,
      ...(server.etag !== null && { etag: server.etag }),
      ...(isRest && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    });
    const { breakAfter } = server;
    if (breakAfter === null) {
      response.end(body);
      return;
    }
    server.breakAfter = null;
    response.write(body.subarray(0, breakAfter), () => setTimeout(() => response.destroy(), 20));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: ArchiveServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/models.zip?dl=1`,
    requests,
    breakAfter: null,
    etag: '"one"',
    isPage: false,
    close: () => new Promise((resolve) => http.close(() => resolve())),
  };
  return server;
}
