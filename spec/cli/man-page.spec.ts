import { expect, test } from '@jest/globals';
import { COMMANDS } from '../../lib/cli/commands/commands.js';
import { manPage } from '../../lib/cli/man-page.js';

const page = manPage(COMMANDS, '1.2.3');

test.each(Object.entries(COMMANDS))(
  'has the flags of rxsync %s, each with what it is for',
  (name, { flags }) => {
    const section = page.split('.SS rxsync ').find((each) => each.startsWith(`${name}\n`)) ?? '';
    const told = [
      ...section.matchAll(/^\.TP\n(?:\\fB\\-\w\\fR, )?\\fB\\-\\-([^\\]+(?:\\-[^\\]+)*)\\fR.*\n(.+)/gm),
    ].map(([, flag = '', text = '']) => [flag.replaceAll('\\-', '-'), text.length > 0]);
    expect(told.sort()).toEqual(
      Object.keys(flags)
        .map((flag) => [flag, true])
        .sort(),
    );
  },
);

test('text is text, whatever roff would take it for', () => {
  const flags = {
    x: { type: 'string', requiresArg: true, describe: ".so it's\\n\n'tis [default: a-b]" },
  } as const;
  expect(manPage({ go: { summary: '.SH no', flags } }, '1')).toContain(
    ".SS rxsync go\n\\&.SH no\n.TP\n\\fB\\-\\-x\\fR VALUE\n\\&.so it's\\en\n\\&'tis [default: a\\-b]\n",
  );
});

test('a value that a flag has by itself is told', () => {
  const flags = { size: { type: 'number', requiresArg: true, default: 5, describe: 'how large' } } as const;
  expect(manPage({ go: { summary: 'it', flags } }, '1')).toContain(
    '\\fB\\-\\-size\\fR N\nhow large [default: 5]\n',
  );
});
