import { closeIoredis, connectIoredis, type IoredisClient } from './peers/ioredis-client.js';

const SCAN_COUNT = 1_000;
const FILL_CHUNK = 20_000;

/** The bench's own hand on the server, apart from every peer: fills, counts and removes the keys of a run. */
export class RedisAdmin {
  readonly redis: IoredisClient;

  private constructor(redis: IoredisClient) {
    this.redis = redis;
  }

  static async connect(url: string): Promise<RedisAdmin> {
    return new RedisAdmin(await connectIoredis({ url }));
  }

  /** Writes `count` small keys named by their number after the prefix. In Lua, as a million SETs would take longer. */
  async fill(prefix: string, count: number, value = 'x'.repeat(64)): Promise<void> {
    const script = `for i = tonumber(ARGV[1]), tonumber(ARGV[2]) do redis.call('SET', ARGV[3] .. i, ARGV[4]) end`;
    await this.#inChunks(count, (from, to) => this.redis.eval(script, 0, from, to, prefix, value));
  }

  /** How many of the keys of {@link fill} are there with their value. */
  async countFilled(prefix: string, count: number, value = 'x'.repeat(64)): Promise<number> {
    const script =
      `local n = 0 for i = tonumber(ARGV[1]), tonumber(ARGV[2]) do ` +
      `if redis.call('GET', ARGV[3] .. i) == ARGV[4] then n = n + 1 end end return n`;
    const counts = await this.#inChunks(count, (from, to) =>
      this.redis.eval(script, 0, from, to, prefix, value),
    );
    return counts.reduce((sum: number, part) => sum + Number(part), 0);
  }

  /** Bytes of all strings whose key holds these texts in this order: peers put their own names around a key. */
  async storedBytes(...fragments: readonly string[]): Promise<number> {
    let bytes = 0;
    for await (const keys of this.#scan(fragments)) {
      for (const key of keys) bytes += await this.redis.strlen(key);
    }
    return bytes;
  }

  /** Bytes that the server has sent to all its clients since it started, this question's answer not yet counted. */
  async bytesSent(): Promise<number> {
    const info = await this.redis.info('stats');
    return Number(/^total_net_output_bytes:(\d+)/m.exec(info)?.[1]);
  }

  /** Removes every key that holds this text. */
  async sweep(fragment: string): Promise<void> {
    for await (const keys of this.#scan([fragment])) if (keys.length > 0) await this.redis.unlink(keys);
  }

  async close(): Promise<void> {
    await closeIoredis(this.redis);
  }

  async *#scan(fragments: readonly string[]): AsyncGenerator<string[]> {
    const literal = fragments.map((fragment) => fragment.replaceAll(/[*?[\]\\^-]/g, '\\$&'));
    const pattern = `*${literal.join('*')}*`;
    let cursor = '0';
    do {
      const [next, keys] = await this.redis.scan(cursor, 'MATCH', pattern, 'COUNT', SCAN_COUNT);
      cursor = next;
      yield keys;
    } while (cursor !== '0');
  }

  async #inChunks(count: number, run: (from: number, to: number) => Promise<unknown>): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (let from = 1; from <= count; from += FILL_CHUNK) {
      answers.push(await run(from, Math.min(from + FILL_CHUNK - 1, count)));
    }
    return answers;
  }
}
