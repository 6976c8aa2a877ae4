import { execFileSync } from 'node:child_process';
import { type Browser, launch } from 'puppeteer-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const browserPath = (): string => {
  const found = [process.env.RXSYNC_CHROMIUM ?? '', ...NAMES].find((name) => {
    try {
      return name !== '' && execFileSync('which', [name]).length > 0;
    } catch {
      return false;
    }
  });
  if (found === undefined)
    throw new Error('There is no Chromium: install it, or name it in RXSYNC_CHROMIUM.');
  return execFileSync('which', [found]).toString().trim();
};

/** A headless Chromium: the one that `RXSYNC_CHROMIUM` names, else one on the path. */
export const launchChromium = (): Promise<Browser> =>
  launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-gpu'] });
