import { OffloopError } from '../errors.js';
const FORM = /^([a-z][a-z0-9+.-]*):\/\/(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#@[\]]*)(?::([^/?#]*))?(\/[^?#]*)?(?:\?([^#]*))?$/i;
const SCHEMES = ['redis', 'rediss', 'unix'];
const MAX_DATABASE = 65_535;
/**
 * Reads a connection URL: `redis://`, `rediss://` (TLS) or `unix://`, with user and password before an `@`, the
 * database as the path or as `?db=`. Anything else is refused with `ERR_URL`, whose message shows no part of the URL
 * but its scheme, since any part may hold a password. The platform's URL class is not used: it takes `unix:///a`
 * for a host and leaves unknown parameters in silence.
 */
export function parseUrl(url) {
    if (typeof url !== 'string' || url === '')
        throw refused('expected a string such as redis://localhost:6379/0');
    const match = FORM.exec(url);
    if (!match)
        throw refused('it does not have the form scheme://[user:password@]host[:port][/db]');
    const [, rawScheme = '', credentials, host = '', port, path = '', query] = match;
    const scheme = rawScheme.toLowerCase();
    if (!SCHEMES.includes(scheme)) {
        throw refused(`its scheme is ${JSON.stringify(rawScheme.slice(0, 20))}; known are ${SCHEMES.join('://, ')}://`);
    }
    const shared = { ...parseCredentials(credentials), tls: scheme === 'rediss' };
    const queryDb = parseQuery(query);
    if (scheme === 'unix') {
        if (host !== '' || port !== undefined)
            throw refused('a unix:// URL has no host: write unix:///path/to/redis.sock');
        if (path.length < 2)
            throw refused('a unix:// URL needs the path of a socket');
        return { ...shared, path: decode(path), ...(queryDb === undefined ? {} : { db: queryDb }) };
    }
    const db = parseDatabasePath(path, queryDb);
    return {
        ...shared,
        host: host === '' ? 'localhost' : decode(host.replace(/^\[|\]$/g, '')),
        port: port === undefined || port === '' ? 6379 : parseNumber(port, 1, 65_535, 'port'),
        ...(db === undefined ? {} : { db }),
    };
}
function parseCredentials(credentials) {
    if (credentials === undefined || credentials === '')
        return {};
    const colon = credentials.indexOf(':');
    const username = decode(colon < 0 ? credentials : credentials.slice(0, colon));
    const password = colon < 0 ? '' : decode(credentials.slice(colon + 1));
    return { ...(username === '' ? {} : { username }), ...(password === '' ? {} : { password }) };
}
function parseQuery(query) {
    if (query === undefined || query === '')
        return undefined;
    let db;
    for (const pair of query.split('&')) {
        const [name = '', value = ''] = pair.split('=', 2);
        if (name !== 'db' || db !== undefined) {
            throw refused('its only parameter may be db, once; every other setting is an option of the backend');
        }
        db = parseNumber(value, 0, MAX_DATABASE, 'database');
    }
    return db;
}
function parseDatabasePath(path, queryDb) {
    if (path === '' || path === '/')
        return queryDb;
    if (queryDb !== undefined)
        throw refused('it names the database twice');
    return parseNumber(path.slice(1), 0, MAX_DATABASE, 'database');
}
function parseNumber(text, least, most, what) {
    const value = /^\d{1,5}$/.test(text) ? Number(text) : -1;
    if (value < least || value > most)
        throw refused(`its ${what} is no whole number of ${least} to ${most}`);
    return value;
}
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch (error) {
        if (error instanceof URIError)
            throw refused('it holds a malformed percent escape');
        throw error;
    }
}
function refused(reason) {
    return new OffloopError('ERR_URL', `the connection URL cannot be used: ${reason}`);
}
