import type { CacheBackend, SetOptions } from '../../dist/backends/cache-backend.js';
import { InMemoryBackend } from '../../dist/backends/memory.js';

/** A right backend, for wrong ones to extend. */
export class Forwarding implements CacheBackend {
  readonly inner = new InMemoryBackend();
  get<T = unknown>(key: string): Promise<T | undefined> {
    return this.inner.get<T>(key);
  }
  set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    return this.inner.set(key, value, options);
  }
  delete(key: string): Promise<boolean> {
    return this.inner.delete(key);
  }
  exists(key: string): Promise<boolean> {
    return this.inner.exists(key);
  }
  clear(): Promise<number> {
    return this.inner.clear();
  }
  close(): Promise<void> {
    return this.inner.close();
  }
  async [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
