import { setTimeout as sleep } from 'node:timers/promises';
import { RedisBackend } from 'offloop';

/** Sessions with a TTL, then two tenants on one Redis and the clear of one of them; prints what it saw. */
export async function runDocumentedExample(url: string): Promise<void> {
  await sessions(url);
  await tenants(url);
}

async function sessions(url: string): Promise<void> {
  await using cache = new RedisBackend({ url });

  await cache.set('user:42:session', { token: 'abc123' }, { ttl: 600 });
  saw("get('user:42:session')", await cache.get('user:42:session'));
  saw("exists('user:42:session')", await cache.exists('user:42:session'));
  saw("ttl('user:42:session'), in seconds", await cache.ttl('user:42:session'));

  await cache.set('user:43:session', { token: 'def456' }, { ttl: 0.2 });
  await sleep(250);
  saw("get('user:43:session') after its TTL of 0.2 s", await cache.get('user:43:session'));

  saw("delete('user:42:session')", await cache.delete('user:42:session'));
  saw("delete('user:42:session') again, no error", await cache.delete('user:42:session'));
}

async function tenants(url: string): Promise<void> {
  await using tenantA = new RedisBackend({ url, keyPrefix: 'tenant_a:' });
  await using tenantB = new RedisBackend({ url, keyPrefix: 'tenant_b:' });

  await tenantA.set('config', { theme: 'dark' });
  await tenantB.set('config', { theme: 'light' });
  saw("tenantA.get('config')", await tenantA.get('config'));
  saw("tenantB.get('config')", await tenantB.get('config'));

  saw('tenantA.clear(), keys removed', await tenantA.clear());
  saw("tenantA.get('config')", await tenantA.get('config'));
  saw("tenantB.get('config'), untouched", await tenantB.get('config'));
}

function saw(what: string, result: unknown): void {
  console.log(`  ${what.padEnd(46)} → ${result === undefined ? 'undefined' : JSON.stringify(result)}`);
}
