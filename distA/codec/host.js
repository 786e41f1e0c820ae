import { endianness } from 'node:os';
/** Whether numbers of several bytes lie in this machine's memory as they do in a frame. */
export const HOST_IS_LITTLE_ENDIAN = endianness() === 'LE';
