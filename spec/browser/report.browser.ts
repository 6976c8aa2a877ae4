import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'puppeteer-core';
import { z } from 'zod';
import { launchChromium } from '../support/chromium.js';
import { rxsync, startWiki } from '../support/e2e.js';

let browser: Browser;
let folder: string;
let url: string;
let page: Page;
/** What the page asks for, and what goes wrong in it. */
let requests: string[];
let troubles: string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  const dir = path.join(folder, 'wiki');
  const wiki = await startWiki({
    pages: 60,
    attachments: 30,
    comments: 20,
    bodyKb: 1,
    nasty: true,
    rps: 60,
    faults: 'poison=#7,503:bodies@2=1',
  });
  const pull = () => rxsync(['pull', dir, '--space', 'LARGE', '--comments'], { env: wiki.env });
  await pull();
  for (const title of ['</script><img src=x onerror=alert(1)>', '\u202Egnp.exe', 'x'.repeat(255)])
    wiki.sandbox.wiki.createPage(title);
  const [first = { id: '' }] = wiki.sandbox.wiki.list('page', 'LARGE').slice(-9);
  wiki.sandbox.wiki.renamePage(first.id, { title: '"><svg onload=alert(1)>' });
  await pull();
  await wiki.sandbox.close();
  const { stdout } = await rxsync(['report', dir]);
  url = pathToFileURL(stdout.trim()).href;
  browser = await launchChromium();
});

beforeEach(async () => {
  page = await browser.newPage();
  [requests, troubles] = [[], []];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('dialog', (dialog) => {
    troubles.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(url);
});

afterEach(() => page.close());

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** What an expression comes to in the page. */
const look = async <T>(shape: z.ZodType<T>, expression: string): Promise<T> =>
  shape.parse(await page.evaluate(expression));

const openAll = () =>
  page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");

test('nothing is asked for but the file, nothing runs, and the browser has nothing to complain of', async () => {
  await openAll();
  expect(requests).toEqual([url]);
  expect(troubles).toEqual([]);
  const active = "document.querySelectorAll('script, img, iframe, object, embed, link').length";
  expect(await look(z.number(), active)).toBe(0);
  expect(await look(z.number(), 'document.styleSheets.length')).toBe(1);
});

const Charts = z.array(
  z.object({
    texts: z.array(z.string()),
    width: z.number(),
    height: z.number(),
    rows: z.number(),
    shapes: z.number(),
  }),
);

test('each chart is drawn, and can be read without seeing it', async () => {
  await openAll();
  const charts = await look(
    Charts,
    `[...document.querySelectorAll('svg[role="img"]')].map((chart) => {
      const figure = chart.closest('figure');
      const table = figure.querySelector('table') ?? figure.nextElementSibling.querySelector('table');
      const { width, height } = chart.getBoundingClientRect();
      return {
        texts: chart.getAttribute('aria-labelledby').split(' ')
          .map((id) => document.getElementById(id).textContent.trim()),
        width,
        height,
        rows: table.tBodies[0].rows.length,
        shapes: chart.querySelectorAll('path, rect, line, circle').length,
      };
    })`,
  );
  expect(charts).toHaveLength(2 * 4 + 2);
  for (const { texts, width, height, rows, shapes } of charts) {
    expect(texts).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
    expect(width).toBeGreaterThan(200);
    expect(height).toBeGreaterThan(60);
    expect(rows).toBeGreaterThan(0);
    expect(shapes).toBeGreaterThan(1);
  }
});

test('links lead to files that are there', async () => {
  const links = await look(
    z.array(z.string()),
    "[...document.querySelectorAll('a')].map(({ href }) => href)",
  );
  const files = links.filter((href) => !href.startsWith(`${url}#`));
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((href) => !existsSync(fileURLToPath(href)))).toEqual([]);
});

const luminance = (color: string): number => {
  const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};

const Texts = z.array(z.object({ text: z.string(), color: z.string(), ground: z.string() }));

test.each(['light', 'dark'])('all texts stand out from what they stand on (%s)', async (scheme) => {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  const body = await look(z.string(), 'getComputedStyle(document.body).backgroundColor');
  expect(luminance(body) > 0.5).toBe(scheme === 'light');
  const texts = await look(
    Texts,
    `[...document.querySelectorAll('body *:not(title, desc)')]
      .filter(({ childNodes }) => [...childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim()))
      .map((element) => {
        const groundOf = (each) => {
          const { backgroundColor } = getComputedStyle(each);
          return backgroundColor === 'rgba(0, 0, 0, 0)' ? groundOf(each.parentElement) : backgroundColor;
        };
        const before = element.previousElementSibling;
        const { color, fill } = getComputedStyle(element);
        return {
          text: element.textContent.slice(0, 40),
          color: element instanceof SVGTextElement ? fill : color,
          ground: before?.classList.contains('cell') ? getComputedStyle(before).fill : groundOf(element),
        };
      })`,
  );
  expect(texts.length).toBeGreaterThan(200);
  expect(texts.filter(({ color, ground }) => contrast(color, ground) < 4.5)).toEqual([]);
});

test('on a screen of 400 pixels nothing sticks out', async () => {
  await page.setViewport({ width: 400, height: 800 });
  await openAll();
  expect(await look(z.number(), 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
});

test('keys reach everything: past the head at once, and into what scrolls', async () => {
  await page.keyboard.press('Tab');
  expect(await look(z.string(), 'document.activeElement.textContent')).toBe('Skip to the report');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await look(z.boolean(), "document.activeElement.closest('main') !== null")).toBe(true);
  const unreachable =
    "[...document.querySelectorAll('.scroll, .items')].filter((each) => each.tabIndex !== 0 || !each.ariaLabel).length";
  expect(await look(z.number(), unreachable)).toBe(0);
});
