import { expect, it } from 'vitest';
import { parseUrl } from '../../dist/redis/url.js';
import { thrownBy } from '../support/error-code.js';

it.each([
  ['redis://localhost:6379/0', { host: 'localhost', port: 6379, db: 0, tls: false }],
  ['redis://cache.internal', { host: 'cache.internal', port: 6379, tls: false }],
  ['redis://', { host: 'localhost', port: 6379, tls: false }],
  [
    'redis://:password@redis-host:6379/0',
    { host: 'redis-host', port: 6379, db: 0, password: 'password', tls: false },
  ],
  [
    'redis://user:pa%40ss%2F@h:1/2',
    { host: 'h', port: 1, db: 2, username: 'user', password: 'pa@ss/', tls: false },
  ],
  ['redis://user@h/', { host: 'h', port: 6379, username: 'user', tls: false }],
  ['rediss://redis-host:6380/0', { host: 'redis-host', port: 6380, db: 0, tls: true }],
  ['REDISS://h', { host: 'h', port: 6379, tls: true }],
  ['redis://[::1]:7000?db=3', { host: '::1', port: 7000, db: 3, tls: false }],
  ['unix:///var/run/redis.sock?db=1', { path: '/var/run/redis.sock', db: 1, tls: false }],
  ['unix://u:p@/tmp/a%20b.sock', { path: '/tmp/a b.sock', username: 'u', password: 'p', tls: false }],
])('reads %s', (url, parts) => {
  expect(parseUrl(url)).toEqual(parts);
});

it.each([
  'http://h',
  'valkeys://h',
  'redis:/h',
  'localhost:6379',
  'redis://h:0',
  'redis://h:65536',
  'redis://h:6379x',
  'redis://h/one',
  'redis://h/1/2',
  'redis://h/1?db=1',
  'redis://h?enableOfflineQueue=false',
  'redis://h?db=1&db=2',
  'redis://h?db=-1',
  'redis://a@b@c',
  'redis://%zz@h',
  'unix://h/path',
  'unix://',
  'unix:///',
  '',
  42,
  null,
])('trap 9: refuses %s with ERR_URL', (url) => {
  expect(thrownBy(() => parseUrl(url)).code).toBe('ERR_URL');
});

it('no message holds a password, wherever it stands', () => {
  for (const url of [
    'http://u:canary@h',
    'redis://:canary@h:x',
    'redis://:canary@h?db=canary',
    'redis://canary:%zz@h',
    'redis://h/canary',
    'canary',
  ]) {
    expect(thrownBy(() => parseUrl(url)).message).not.toContain('canary');
  }
});
