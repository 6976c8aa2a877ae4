import { UsageError } from '../errors/usage-error.js';

type Environment = Readonly<Record<string, string | undefined>>;

const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Whether `NO_PROXY` lets an address be asked directly. */
const isExempt = ({ hostname, port, protocol }: URL, list: string): boolean => {
  const ownPort = port === '' ? PORTS[protocol] : port;
  return list.split(/[\s,]+/).some((entry) => {
    const [, name = '', only = ownPort] = /^(.+?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (name === '*') return true;
    const end = name.replace(/^\*/, '');
    return only === ownPort && (/^[.*]/.test(name) ? hostname.endsWith(end) : hostname === name);
  });
};

const HINT = 'A proxy has an address such as http://proxy.example:3128; NO_PROXY names hosts that need none.';

/**
 * Looks at the proxy that the environment names for an address, before it is used.
 * @throws UsageError that names the variable, never its credentials
 */
export const checkProxy = (origin: string, env: Environment): void => {
  const url = new URL(origin);
  const scheme = url.protocol.slice(0, -1);
  const names = [`${scheme}_proxy`, 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  const variable = names.find((name) => (env[name] ?? '') !== '');
  if (variable === undefined || isExempt(url, env.no_proxy ?? env.NO_PROXY ?? '')) return;
  const value = env[variable] ?? '';
  const address = value.includes('://') ? value : `${scheme}://${value}`;
  const proxy = URL.canParse(address) ? new URL(address) : undefined;
  if (proxy?.protocol === 'http:' || proxy?.protocol === 'https:') return;
  throw new UsageError(
    proxy?.protocol.startsWith('socks') === true
      ? `${variable} names the SOCKS proxy ${proxy.host}: SOCKS is not supported.`
      : `${variable} is not the address of a proxy.`,
    { hint: HINT },
  );
};
