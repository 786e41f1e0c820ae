/** What a connection URL says. Absent fields were not in it. */
export interface UrlParts {
    readonly host?: string;
    readonly port?: number;
    /** The path of a Unix socket. */
    readonly path?: string;
    readonly username?: string;
    readonly password?: string;
    readonly db?: number;
    readonly tls: boolean;
}
/**
 * Reads a connection URL: `redis://`, `rediss://` (TLS) or `unix://`, with user and password before an `@`, the
 * database as the path or as `?db=`. Anything else is refused with `ERR_URL`, whose message shows no part of the URL
 * but its scheme, since any part may hold a password. The platform's URL class is not used: it takes `unix:///a`
 * for a host and leaves unknown parameters in silence.
 */
export declare function parseUrl(url: unknown): UrlParts;
