import type { CacheBackend, SetOptions } from '../../dist/backends/cache-backend.js';
import { OffloopError } from '../../dist/errors.js';
import { Forwarding } from './forwarding.js';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A backend that is wrong in one way, and a test of the suite that must notice. */
export interface Fault {
  readonly fault: string;
  readonly Backend: new () => CacheBackend;
  readonly noticedBy: RegExp;
}

/** Each must be noticed. */
export const FAULTS: readonly Fault[] = [
  {
    fault: 'answers null for a miss',
    Backend: class extends Forwarding {
      override async get<T>(key: string) {
        return (await super.get<T>(key)) ?? (null as T);
      }
    },
    noticedBy: /missing key is a miss/,
  },
  {
    fault: 'takes falsy values for misses',
    Backend: class extends Forwarding {
      override async get<T>(key: string) {
        return (await super.get<T>(key)) || undefined;
      }
    },
    noticedBy: /null, false, 0/,
  },
  {
    fault: 'keeps the earlier ttl',
    Backend: class extends Forwarding {
      readonly ttls = new Map<string, number>();
      override async set(key: string, value: unknown, options?: SetOptions) {
        const ttl = options?.ttl ?? this.ttls.get(key);
        await super.set(key, value, { ttl });
        if (ttl !== undefined) this.ttls.set(key, ttl);
      }
    },
    noticedBy: /drops the earlier ttl/,
  },
  {
    fault: 'rounds a ttl up to whole seconds',
    Backend: class extends Forwarding {
      override async set(key: string, value: unknown, options?: SetOptions) {
        const { ttl } = options ?? {};
        return super.set(key, value, { ttl: typeof ttl === 'number' ? Math.ceil(ttl) : ttl });
      }
    },
    noticedBy: /expires after its ttl/,
  },
  {
    fault: 'rounds a ttl down to whole seconds',
    Backend: class extends Forwarding {
      override async set(key: string, value: unknown, options?: SetOptions) {
        const { ttl } = options ?? {};
        return super.set(key, value, { ttl: typeof ttl === 'number' && ttl > 1 ? Math.floor(ttl) : ttl });
      }
    },
    noticedBy: /expires after its ttl/,
  },
  {
    fault: 'expires what has no ttl',
    Backend: class extends Forwarding {
      override set(key: string, value: unknown, options?: SetOptions) {
        return super.set(key, value, { ttl: options?.ttl ?? 0.05 });
      }
    },
    noticedBy: /mean no expiry/,
  },
  {
    fault: 'ignores every ttl',
    Backend: class extends Forwarding {
      override async set(key: string, value: unknown, options?: SetOptions) {
        await super.set(key, value, options);
        await super.set(key, value);
      }
    },
    noticedBy: /expires after its ttl/,
  },
  {
    fault: 'takes a ttl of Infinity for none',
    Backend: class extends Forwarding {
      override set(key: string, value: unknown, options?: SetOptions) {
        return super.set(key, value, options?.ttl === Infinity ? {} : options);
      }
    },
    noticedBy: /bad ttl/,
  },
  {
    fault: 'says true for every delete',
    Backend: class extends Forwarding {
      override async delete(key: string) {
        await super.delete(key);
        return true;
      }
    },
    noticedBy: /missing key is a miss/,
  },
  {
    fault: 'says that expired keys exist',
    Backend: class extends Forwarding {
      readonly seen = new Set<string>();
      override async set(key: string, value: unknown, options?: SetOptions) {
        await super.set(key, value, options);
        this.seen.add(key);
      }
      override async exists(key: string) {
        return (await super.exists(key)) || (this.seen.has(key) && (await super.get(key)) === undefined);
      }
    },
    noticedBy: /expires after its ttl/,
  },
  {
    fault: 'counts nothing in clear',
    Backend: class extends Forwarding {
      override async clear() {
        await super.clear();
        return 0;
      }
    },
    noticedBy: /clear empties/,
  },
  {
    fault: 'clears late',
    Backend: class extends Forwarding {
      override async clear() {
        await pause(5);
        return super.clear();
      }
    },
    noticedBy: /clear comes after/,
  },
  {
    fault: 'stores undefined as null',
    Backend: class extends Forwarding {
      override set(key: string, value: unknown, options?: SetOptions) {
        return super.set(key, value ?? null, options);
      }
    },
    noticedBy: /undefined, a function and a symbol/,
  },
  {
    fault: 'trims keys',
    Backend: class extends Forwarding {
      override set(key: string, value: unknown, options?: SetOptions) {
        return super.set(typeof key === 'string' ? key.trim() || key : key, value, options);
      }
      override get<T>(key: string) {
        return super.get<T>(typeof key === 'string' ? key.trim() || key : key);
      }
    },
    noticedBy: /key of its own/,
  },
  {
    fault: 'normalizes keys',
    Backend: class extends Forwarding {
      override set(key: string, value: unknown, options?: SetOptions) {
        return super.set(typeof key === 'string' ? key.normalize() : key, value, options);
      }
    },
    noticedBy: /key of its own/,
  },
  {
    fault: 'cuts keys at 1,000 characters',
    Backend: class extends Forwarding {
      override set(key: string, value: unknown, options?: SetOptions) {
        return super.set(typeof key === 'string' ? key.slice(0, 1000) : key, value, options);
      }
    },
    noticedBy: /key of its own/,
  },
  {
    fault: 'finds what objects inherit',
    Backend: class extends Forwarding {
      override async get<T>(key: string) {
        const inherited = Reflect.get({}, key) as T | undefined;
        return (await super.get<T>(key)) ?? inherited;
      }
    },
    noticedBy: /objects inherit are misses/,
  },
  {
    fault: 'takes keys that are no strings',
    Backend: class extends Forwarding {
      override get<T>(key: string) {
        return super.get<T>(typeof key === 'symbol' ? 'symbol' : `${key}`);
      }
    },
    noticedBy: /bad key/,
  },
  {
    fault: 'throws instead of rejecting',
    Backend: class extends Forwarding {
      override get<T>(key: string): Promise<T | undefined> {
        if (key === '') throw new OffloopError('ERR_KEY', 'empty');
        return super.get<T>(key);
      }
    },
    noticedBy: /bad key/,
  },
  {
    fault: 'answers the object that was set',
    Backend: class extends Forwarding {
      readonly objects = new Map<string, unknown>();
      override async set(key: string, value: unknown, options?: SetOptions) {
        await super.set(key, value, options);
        this.objects.set(key, value);
      }
      override async get<T>(key: string) {
        return (await super.exists(key)) ? (this.objects.get(key) as T) : undefined;
      }
    },
    noticedBy: /isolated from its caller/,
  },
  {
    fault: 'loses what JSON loses',
    Backend: class extends Forwarding {
      override async set(key: string, value: unknown, options?: SetOptions) {
        const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
        return super.set(key, text === undefined ? value : JSON.parse(text), options);
      }
    },
    noticedBy: /rich types come back/,
  },
  {
    fault: 'stores instances as plain objects',
    Backend: class extends Forwarding {
      override set(key: string, value: unknown, options?: SetOptions) {
        const isPoint = value?.constructor?.name === 'Point';
        return super.set(key, isPoint ? { ...(value as object) } : value, options);
      }
    },
    noticedBy: /never changes in silence/,
  },
  {
    fault: 'lets large values overtake each other',
    Backend: class extends Forwarding {
      override async set(key: string, value: unknown, options?: SetOptions) {
        if (typeof value === 'string' && value.length > 200_000) await pause(5);
        return super.set(key, value, options);
      }
    },
    noticedBy: /order of the calls/,
  },
  {
    fault: 'closes before what was called is done',
    Backend: class extends Forwarding {
      override async get<T>(key: string) {
        await pause(5);
        return super.get<T>(key);
      }
    },
    noticedBy: /close lets what was called/,
  },
  {
    fault: 'works after close',
    Backend: class extends Forwarding {
      override async close() {}
    },
    noticedBy: /use after close/,
  },
  {
    fault: 'is closed once only',
    Backend: class extends Forwarding {
      #closed = false;
      override async close() {
        if (this.#closed) throw new OffloopError('ERR_CLOSED', 'closed');
        this.#closed = true;
        return super.close();
      }
    },
    noticedBy: /closing twice/,
  },
  {
    fault: 'is not disposable',
    Backend: class extends Forwarding {
      override async [Symbol.asyncDispose]() {}
    },
    noticedBy: /await using/,
  },
  {
    fault: 'puts the value into its errors',
    Backend: class extends Forwarding {
      override async set(key: string, value: unknown, options?: SetOptions) {
        if (options?.ttl === -1) throw new OffloopError('ERR_TTL', `bad ttl for ${JSON.stringify(value)}`);
        return super.set(key, value, options);
      }
    },
    noticedBy: /does not carry the value/,
  },
];
