/** Where a fenced value lies until it takes its place, for so long at the most, in ms. */
export const TEMPORARY_MS = 60_000;
const DONE = `redis.call('DEL', KEYS[1])
redis.call('PUBLISH', KEYS[1], '')
return 1`;
/** Keys: lease, value. Arguments: token, frame, TTL in ms or 0. Answers 1 where it was stored; the lease has then ended. */
const STORE_FENCED = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[3] == '0' then redis.call('SET', KEYS[2], ARGV[2])
else redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3]) end
${DONE}`;
/** The same of a value that lies under another key. Keys: lease, value, the other one. Arguments: token, TTL in ms or 0. */
const MOVE_FENCED = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  redis.call('UNLINK', KEYS[3])
  return 0
end
redis.call('RENAME', KEYS[3], KEYS[2])
if ARGV[2] == '0' then redis.call('PERSIST', KEYS[2]) else redis.call('PEXPIRE', KEYS[2], ARGV[2]) end
${DONE}`;
/** Stores a frame if the fence holds. */
export function storeFenced({ key, ttlMs = 0 }, { name, token }, frame) {
    return { script: STORE_FENCED, keys: [name, key], args: [token, frame, ttlMs] };
}
/** Moves a value to its place if the fence holds, and removes it if not. */
export function moveFenced({ key, ttlMs = 0 }, { name, token }, from) {
    return { script: MOVE_FENCED, keys: [name, key, from], args: [token, ttlMs] };
}
