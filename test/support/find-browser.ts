import { existsSync } from 'node:fs';
import { machineProbes } from './find-redis.js';
import { installPackage } from './install-package.js';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The path of a Chromium: `CHROME_PATH`, else one that is installed, else (Debian, as root) its package is installed now. */
export async function findBrowser(): Promise<string> {
  const found = await existing();
  if (found !== undefined) return found;
  if (await machineProbes.canInstall()) {
    await installPackage('chromium', async () => (await existing()) !== undefined);
    const installed = await existing();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'No Chromium was found. Set CHROME_PATH, install Chromium or Chrome, or run this on Debian as root, where it is then installed.',
  );
}

async function existing(): Promise<string | undefined> {
  const named = process.env.CHROME_PATH;
  if (named) return named;
  return (await machineProbes.onPath(PROGRAMS)) ?? (existsSync(MAC) ? MAC : undefined);
}
