/** Milliseconds by a clock that all threads of this process share; that of `performance` begins with each thread. */
export declare function clockMs(): number;
