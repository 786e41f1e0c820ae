import { describe, expect, it } from 'vitest';
import { STANDARD_TTLS, TtlPolicy } from '../../dist/manager/ttl-policy.js';

const TYPES = ['embedding', 'retrieval', 'context', 'response', 'anything', 'toString', '__proto__'];
const seconds = (policy: TtlPolicy) => TYPES.map((type) => policy.ttlFor(type));

describe('TtlPolicy', () => {
  it('has the documented TTLs by itself', () => {
    expect(seconds(new TtlPolicy())).toEqual([86_400, 3_600, 1_800, 600, 3_600, 3_600, 3_600]);
    expect(new TtlPolicy().default).toBe(3_600);
  });

  it('a default of your own rules every type that byType does not name', () => {
    expect(seconds(new TtlPolicy({ default: 60 }))).toEqual([60, 60, 60, 60, 60, 60, 60]);
    const policy = new TtlPolicy({ default: 60, byType: { context: 5 } });
    expect(seconds(policy)).toEqual([60, 60, 5, 60, 60, 60, 60]);
  });

  it('byType alone is laid over the documented TTLs', () => {
    const policy = new TtlPolicy({ byType: { response: 0.5, mine: 7 } });
    expect(seconds(policy)).toEqual([86_400, 3_600, 1_800, 0.5, 3_600, 3_600, 3_600]);
    expect(policy.ttlFor('mine')).toBe(7);
  });

  it('the documented TTLs can be kept beside a default', () => {
    const policy = new TtlPolicy({ default: 60, byType: STANDARD_TTLS });
    expect(seconds(policy)).toEqual([86_400, 3_600, 1_800, 600, 60, 60, 60]);
  });

  it('Infinity means for ever', () => {
    const policy = new TtlPolicy({ default: Infinity, byType: { response: 9 } });
    expect([policy.ttlFor('any'), policy.ttlFor('response')]).toEqual([Infinity, 9]);
  });

  it('is not changed by a later change of its options', () => {
    const byType = { response: 9 };
    const policy = new TtlPolicy({ byType });
    byType.response = 1;
    expect(policy.ttlFor('response')).toBe(9);
  });

  it.each([
    [
      { default: 0 },
      'default must be a number of seconds above 0 and at most 3153600000, or Infinity, received 0',
    ],
    [{ default: -1 }, 'received -1'],
    [{ default: Number.NaN }, 'received NaN'],
    [{ default: '60' }, 'received a string of 2 characters'],
    [{ default: null }, 'received null'],
    [{ default: 3_153_600_001 }, 'received 3153600001'],
    [{ byType: { response: 0 } }, 'byType["response"] must be a number'],
    [{ byType: { response: undefined } }, 'received undefined'],
    [{ byType: [60] }, 'byType must be a plain object, received an array of 1'],
    [{ byType: null }, 'byType must be a plain object, received null'],
    [{ byType: new Map() }, 'received an instance of Map'],
    [{ perType: {} }, 'TtlPolicy: unknown option "perType"; known: default, byType'],
  ])('%o is ERR_OPTION', (options, message) => {
    expect(() => new TtlPolicy(options as object)).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', message: expect.stringContaining(message) }),
    );
  });
});
