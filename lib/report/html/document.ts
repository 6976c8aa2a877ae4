import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { printable } from '../../core/printable.js';
import type { Markup } from './markup.js';
import { STYLE } from './style.js';

/** Lines begin at their first character: the indentation of the templates is for those who read them. */
const unindent = (text: string): string => text.replaceAll(/\n\s*/g, '\n').trim();

const STYLES = unindent(STYLE);

/** Nothing is loaded, nothing runs: the page is text, and drawings made of text. */
const policy = (): string => {
  const hash = createHash('sha256').update(STYLES).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
};

interface Page {
  readonly title: string;
  /** Above the main part. */
  readonly header: Markup;
  readonly main: Markup;
}

/** A whole page that needs no other file. Of what others have written nothing reorders what stands beside it. */
export const document = async ({ title, header, main }: Page): Promise<string> => {
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${raw(`<style>${STYLES}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header>${header}</header>
        <main id="main" tabindex="-1">${main}</main>
      </body>
    </html>`;
  return `${unindent(page.toString()).replaceAll(/[^\n]+/g, printable)}\n`;
};
