import { generate } from 'selfsigned';

/** A certificate and its key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Everything a TLS test needs, made anew each time: nothing here expires in the repository. */
export interface Certificates {
  /** The authority that signed `server` and `client`. */
  readonly ca: KeyPair;
  /** For localhost and 127.0.0.1, unless other names were asked for. */
  readonly server: KeyPair;
  readonly client: KeyPair;
  /** An authority that signed none of the above: trusting it alone must fail. */
  readonly otherCa: KeyPair;
  /** A client certificate of `otherCa`: a server that trusts `ca` must refuse it. */
  readonly otherClient: KeyPair;
}

const DAY_MS = 86_400_000;

/** Makes two authorities and what they sign. `serverNames` are the DNS names in the server's certificate. */
export async function makeCertificates(
  options: { readonly serverNames?: readonly string[] } = {},
): Promise<Certificates> {
  const [ca, otherCa] = await Promise.all([
    makeAuthority('Offloop test CA'),
    makeAuthority('Another test CA'),
  ]);
  const [server, client, otherClient] = await Promise.all([
    makeServer(ca, options.serverNames),
    makeClient(ca),
    makeClient(otherCa),
  ]);
  return { ca, server, client, otherCa, otherClient };
}

/** Begins yesterday, so that a clock which is a little off does not matter; elliptic curves, since RSA keys are slow to make. */
const common = () => ({
  keyType: 'ec' as const,
  algorithm: 'sha256',
  notBeforeDate: new Date(Date.now() - DAY_MS),
  notAfterDate: new Date(Date.now() + 30 * DAY_MS),
});

type Extensions = NonNullable<NonNullable<Parameters<typeof generate>[1]>['extensions']>;

async function make(name: string, extensions: Extensions, ca?: KeyPair): Promise<KeyPair> {
  const subject = [{ name: 'commonName', value: name }];
  const made = await generate(subject, {
    ...common(),
    extensions,
    ...(ca ? { ca: { cert: ca.cert, key: ca.key } } : {}),
  });
  return { cert: made.cert, key: made.private };
}

function makeAuthority(name: string): Promise<KeyPair> {
  return make(name, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ]);
}

function makeServer(ca: KeyPair, names: readonly string[] | undefined): Promise<KeyPair> {
  const dns = (names ?? ['localhost']).map((value) => ({ type: 2 as const, value }));
  const addresses = names ? [] : [{ type: 7 as const, ip: '127.0.0.1' }];
  const usage: Extensions = [
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: [...dns, ...addresses] },
  ];
  return make(names?.[0] ?? 'localhost', usage, ca);
}

function makeClient(ca: KeyPair): Promise<KeyPair> {
  const usage: Extensions = [
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', clientAuth: true },
  ];
  return make('offloop test client', usage, ca);
}
