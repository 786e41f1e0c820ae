import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** What Redis answers. Errors inside of a reply are left as they are; an error as the reply rejects. */
export type RespReply = string | number | null | Error | RespReply[];

/** Where a server listens and who asks. */
export interface RespTarget {
  readonly host?: string;
  readonly port?: number;
  /** A Unix socket, in place of host and port. */
  readonly path?: string;
  readonly tls?: boolean;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** How long a connection attempt and each command may take. */
const TIMEOUT_MS = 5_000;

/**
 * Just enough RESP2 to set up and question the servers of the tests. It is written apart from the client under
 * test and from ioredis, so that a fault in one of them cannot hide itself. Binary values are not its business.
 */
export class RespConnection {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  readonly #waiting: { resolve(reply: RespReply): void; reject(error: Error): void }[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the connection was closed')));
    socket.setTimeout(TIMEOUT_MS, () => {
      if (this.#waiting.length > 0) socket.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`));
    });
  }

  /** Connects, and logs in where a password is given. */
  static async open(target: RespTarget): Promise<RespConnection> {
    const connection = await new Promise<RespConnection>((resolve, reject) => {
      const { host = '127.0.0.1', port = 6379, path } = target;
      const place = path === undefined ? { host, port } : { path };
      const socket: Socket = target.tls ? connectTls(place) : connectTcp(place);
      const tooLate = (): void => void socket.destroy(new Error(`no connection within ${TIMEOUT_MS} ms`));
      socket.setTimeout(TIMEOUT_MS, tooLate);
      socket.once('error', reject);
      socket.once(target.tls ? 'secureConnect' : 'connect', () => {
        socket.off('error', reject).off('timeout', tooLate);
        resolve(new RespConnection(socket));
      });
    });
    try {
      const { username, password } = target;
      if (password !== undefined)
        await connection.call('AUTH', ...(username ? [username, password] : [password]));
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Sends one command. Rejects with the server's message where it answers with an error. */
  call(...words: (string | number)[]): Promise<RespReply> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) {
        reject(new Error('the connection was closed'));
        return;
      }
      this.#waiting.push({ resolve, reject });
      const parts = words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`);
      this.#socket.write(`*${words.length}\r\n${parts.join('')}`);
    });
  }

  /** Drops the connection; what was not answered yet rejects. */
  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const parsed = parseReply(this.#received, 0);
      if (!parsed) return;
      if (parsed === 'garbled') {
        this.#socket.destroy(new Error('the answer is no RESP2: is this a Redis?'));
        return;
      }
      this.#received = this.#received.subarray(parsed.end);
      const caller = this.#waiting.shift();
      if (parsed.reply instanceof Error) caller?.reject(parsed.reply);
      else caller?.resolve(parsed.reply);
    }
  }

  #fail(error: Error): void {
    for (const caller of this.#waiting.splice(0)) caller.reject(error);
  }
}

interface Parsed {
  readonly reply: RespReply;
  readonly end: number;
}

/** One reply from `start` on; `undefined` where it has not arrived whole, `'garbled'` where it is none. */
function parseReply(bytes: Buffer, start: number): Parsed | 'garbled' | undefined {
  const lineEnd = bytes.indexOf('\r\n', start);
  if (lineEnd < 0) return undefined;
  const line = bytes.toString('utf8', start + 1, lineEnd);
  const next = lineEnd + 2;
  switch (String.fromCharCode(bytes[start] ?? 0)) {
    case '+':
      return { reply: line, end: next };
    case '-':
      return { reply: new Error(line), end: next };
    case ':':
      return { reply: Number(line), end: next };
    case '$': {
      const length = Number(line);
      if (length < 0) return { reply: null, end: next };
      if (bytes.length < next + length + 2) return undefined;
      return { reply: bytes.toString('utf8', next, next + length), end: next + length + 2 };
    }
    case '*': {
      const items: RespReply[] = [];
      let at = next;
      for (let left = Number(line); left > 0; left -= 1) {
        const item = parseReply(bytes, at);
        if (!item || item === 'garbled') return item;
        items.push(item.reply);
        at = item.end;
      }
      return { reply: Number(line) < 0 ? null : items, end: at };
    }
    default:
      return 'garbled';
  }
}
