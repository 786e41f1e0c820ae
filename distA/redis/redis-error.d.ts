import { OffloopError } from '../errors.js';
/**
 * What an error of ioredis means, as one of ours. Nothing of it is taken over but the first word of a reply and the
 * system's code: its text and its fields hold commands with their values, and passwords.
 */
export declare function fromRedis(error: unknown, operation: string): OffloopError;
