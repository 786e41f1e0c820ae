import type { Opener } from '../../dist/frame/key-ring.js';

/** For frames that nobody sealed, where no keys are given. */
export const UNKEYED: Opener = { ring: undefined, key: 'k' };
