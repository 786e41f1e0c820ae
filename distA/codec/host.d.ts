/** Whether numbers of several bytes lie in this machine's memory as they do in a frame. */
export declare const HOST_IS_LITTLE_ENDIAN: boolean;
