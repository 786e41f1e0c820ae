import { randomBytes } from 'node:crypto';
import { ownText } from '../codec/text.js';

const SLOTS = 16_384;
/** Tags that had to be searched for, by their keys; few keys have braces that make no tag. */
const searched = new Map<string, string>();
const MOST_SEARCHED = 1_000;

/** The key of a lease on a key: in the slot of that, and the name of the channel where its end is told. */
export function leaseName(key: string): string {
  const tag = tagOf(key);
  return tag === key ? `offloop:lease:{${key}}` : `offloop:lease:{${tag}}:${key}`;
}

/** A key that nobody else has, in the slot of another. */
export function temporaryName(key: string): string {
  return `offloop:temp:{${tagOf(key)}}:${randomBytes(12).toString('base64url')}`;
}

/**
 * What stands between braces in every key of the same slot: the key's own hash tag, else the key, else, where that holds a closing
 * brace, the first number that hashes to the slot.
 */
export function tagOf(key: string): string {
  const open = key.indexOf('{');
  const close = open < 0 ? -1 : key.indexOf('}', open + 1);
  if (close > open + 1) return key.slice(open + 1, close);
  if (!key.includes('}')) return key;
  const known = searched.get(key);
  if (known !== undefined) return known;
  const slot = slotOf(key);
  let number = 0;
  while (slotOf(`${number}`) !== slot) number++;
  if (searched.size >= MOST_SEARCHED) searched.clear();
  searched.set(ownText(key), `${number}`);
  return `${number}`;
}

/** The slot of a text as a whole: CRC-16 (XMODEM), as the specification of Redis Cluster has it. */
function slotOf(text: string): number {
  let rest = 0;
  for (const byte of Buffer.from(text)) {
    rest ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) rest = rest & 0x8000 ? ((rest << 1) ^ 0x1021) & 0xffff : rest << 1;
  }
  return rest % SLOTS;
}
