import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { OffloopError, type RedisBackend } from 'offloop';

/** Seconds that what is put stays. */
const TTL = 600;

/**
 * A server that stores what it is sent and sends it back, and never builds any of it on its event loop:
 *
 * - `PUT /key` stores the body with its content type.
 * - `GET /key` sends JSON text of a value, or the bytes that were put, as a stream.
 * - `GET /key?from=40&to=60` sends these elements alone.
 */
export function jsonServer(cache: RedisBackend): Server {
  return createServer((request, response) => {
    answer(cache, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(statusOf(error)).end();
    });
  });
}

async function answer(
  cache: RedisBackend,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const key = pathname.slice(1);
  if (request.method === 'PUT') {
    const contentType = request.headers['content-type'];
    await cache.setStream(key, request, { ttl: TTL, contentType });
    response.writeHead(204).end();
    return;
  }
  const value = await cache.open(key);
  if (!value) {
    response.writeHead(404).end();
  } else if (searchParams.has('from')) {
    const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))];
    sendJson(response, Buffer.from(JSON.stringify(await value.slice([], from, to))));
  } else if (value.contentType !== undefined) {
    response.writeHead(200, { 'content-type': value.contentType, 'content-length': value.rawSize });
    await pipeline(value.stream(), response);
  } else {
    sendJson(response, await value.json());
  }
}

function sendJson(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
}

function statusOf(error: unknown): number {
  if (!(error instanceof OffloopError)) return 500;
  if (error.code === 'ERR_PATH' || error.code === 'ERR_KEY') return 400;
  return error.code === 'ERR_VALUE_TOO_LARGE' ? 413 : 503;
}
