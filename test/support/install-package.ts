import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { lock } from './directory-lock.js';

/** The packages that tests may ask for. */
type Package = 'redis-server' | 'chromium';

/** The slowest mirror seen took a minute; another process may be at it already, so twice of a generous bound. */
export const INSTALL_TIMEOUT_MS = 300_000;

/**
 * Only the program is wanted. The package of a server would start a service on port 6379 and enable it for every boot, so a
 * policy-rc.d forbids the first while it installs (where the machine has a policy of its own, that one stays),
 * and systemctl takes back the second. The trap removes the policy however the script ends.
 */
const SCRIPT = `
set -eu
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' INT TERM HUP
  printf '#!/bin/sh\\nexit 101\\n' > "$policy"
  chmod 755 "$policy"
fi
options="-o DPkg::Lock::Timeout=120 -o Acquire::Retries=3"
apt-get update -qq $options
apt-get install -y -qq --no-install-recommends $options "$1"
if [ "$1" = redis-server ] && command -v systemctl > /dev/null; then
  systemctl disable --now redis-server > /dev/null 2>&1 || echo 'offloop: could not disable the redis-server service' >&2
fi
`;

/**
 * Installs a package of the distribution (Debian or Ubuntu, as root), without starting a service. One process
 * at a time: who had to wait for another asks `isThere` first.
 */
export async function installPackage(name: Package, isThere: () => Promise<boolean>): Promise<void> {
  const held = await lock('install-package', 2 * INSTALL_TIMEOUT_MS);
  try {
    if (await isThere()) return;
    process.stderr.write(`offloop: installing the package ${name} with apt-get\n`);
    await promisify(execFile)('/bin/sh', ['-c', SCRIPT, 'install', name], {
      timeout: INSTALL_TIMEOUT_MS,
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`installing ${name} with apt-get failed:\n${said}`);
  } finally {
    held.release();
  }
}
