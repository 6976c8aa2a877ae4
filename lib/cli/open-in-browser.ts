import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** A program that could not open a file says so within this time; one that goes on is the browser itself. */
const LONG_ENOUGH_MS = 3_000;

type Environment = Readonly<Record<string, string | undefined>>;

const opener = (url: string, platform: NodeJS.Platform): readonly [program: string, ...args: string[]] => {
  if (platform === 'darwin') return ['open', url];
  return platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler', url] : ['xdg-open', url];
};

/** Opens a file as the system opens web pages; no shell sees its name. Returns why it could not, if so. */
export const openInBrowser = (file: string, env: Environment): Promise<string | undefined> =>
  new Promise((resolve) => {
    const [program, ...args] = opener(pathToFileURL(file).href, process.platform);
    const child = spawn(program, args, { env: { ...env }, stdio: 'ignore', detached: true });
    const timer = setTimeout(() => resolve(undefined), LONG_ENOUGH_MS);
    const end = (failure: string | undefined): void => {
      clearTimeout(timer);
      resolve(failure);
    };
    child.on('error', ({ message }) => end(message));
    child.on('exit', (code) => end(code === 0 ? undefined : `${program} exited with ${code ?? 'a signal'}`));
    child.unref();
  });
