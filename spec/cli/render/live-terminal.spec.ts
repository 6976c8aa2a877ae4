import { expect, test } from '@jest/globals';
import { liveTerminal } from '../../../lib/cli/render/live-terminal.js';
import { fakeTerminal } from '../../support/terminal.js';

const open = (size: { columns: number; rows: number }) => {
  let written = '';
  const write = (text: string): void => void (written += text);
  const terminal = liveTerminal({
    ...fakeTerminal(),
    out: write,
    err: write,
    isOutTty: true,
    columns: () => size.columns,
    rows: () => size.rows,
  });
  return {
    terminal,
    block: terminal.openLines(),
    take: () => {
      const text = written;
      written = '';
      return text;
    },
  };
};

const UP = (rows: number): string => `\r\u001b[${rows}A\u001b[J`;

test('a block takes the place of the last one, of any height', () => {
  const { block, take } = open({ columns: 80, rows: 24 });
  block.draw(['a', 'b', 'c']);
  expect(take()).toBe('a\nb\nc');
  block.draw(['d']);
  expect(take()).toBe(`${UP(2)}d`);
  block.clear();
  expect(take()).toBe('\r\u001b[J');
  block.clear();
  expect(take()).toBe('');
});

test('what is said stands above it', () => {
  const { terminal, block, take } = open({ columns: 80, rows: 24 });
  terminal.err('first\n');
  expect(take()).toBe('first\n');
  block.draw(['a', 'b']);
  take();
  terminal.err('second\n');
  expect(take()).toBe(`${UP(1)}second\na\nb`);
  terminal.out('third\n');
  expect(take()).toBe(`${UP(1)}third\na\nb`);
});

test('after a resize the rows are those of the wrapped lines, colours not counted', () => {
  const size = { columns: 80, rows: 24 };
  const { block, take } = open(size);
  block.draw([`\u001b[31m${'x'.repeat(50)}\u001b[39m`, 'y'.repeat(41)]);
  take();
  size.columns = 20;
  block.draw(['z']);
  expect(take()).toBe(`${UP(5)}z`);
});

test('no more lines than the terminal has rows for', () => {
  const { block, take } = open({ columns: 80, rows: 3 });
  block.draw(['a', 'b', 'c', 'd']);
  expect(take()).toBe('c\nd');
});

test('a terminal that does not tell its height gets all', () => {
  const { block, take } = open({ columns: 80, rows: 0 });
  block.draw(['a', 'b', 'c']);
  block.draw([]);
  expect(take()).toBe(`a\nb\nc${UP(2)}`);
});

test('the lines of several stand below each other, and close up when one is done', () => {
  const { terminal, block, take } = open({ columns: 80, rows: 24 });
  const other = terminal.openLines();
  block.draw(['a']);
  other.draw(['x', 'y']);
  expect(take()).toBe(`a\r\u001b[Ja\nx\ny`);
  block.clear();
  expect(take()).toBe(`${UP(2)}x\ny`);
  other.clear();
  expect(take()).toBe(UP(1));
});
