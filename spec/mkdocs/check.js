// Builds pages in the dialect of MkDocs, and mirrors of the embedded wiki, with a real MkDocs in strict mode, and looks at
// what it makes of them. Run after `npm run build`; needs Python 3 and, the first time, PyPI.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { toMarkdown } from '../../dist/lib/convert/index.js';

const PACKAGES = ['mkdocs==1.6.1', 'Markdown==3.11.3', 'pymdown-extensions==13.1.2'];
const EXTENSIONS = [
  'admonition',
  'attr_list',
  'md_in_html',
  'sane_lists',
  'tables',
  'pymdownx.arithmatex',
  'pymdownx.superfences',
  'pymdownx.tasklist',
];
const root = path.resolve(import.meta.dirname, '../..');
const venv = path.join(root, 'node_modules/.cache/mkdocs');
const SUFFIX = '.storage.xml';

/** MkDocs, installed the first time. */
function mkdocs() {
  const found = path.join(venv, 'bin/mkdocs');
  if (!existsSync(found)) {
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' });
    execFileSync(path.join(venv, 'bin/pip'), ['install', '--quiet', ...PACKAGES], { stdio: 'inherit' });
  }
  return found;
}

/** Every body in a folder of the fixtures by name, and pages that lead to each other. */
function bodies() {
  const found = ['pages', 'cases'].flatMap((folder) => {
    const directory = path.join(root, 'fixtures', folder);
    return readdirSync(directory)
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => [name.slice(0, -SUFFIX.length), readFileSync(path.join(directory, name), 'utf8')]);
  });
  return new Map([
    ...found,
    ['index', readFileSync(path.join(import.meta.dirname, 'index.storage.xml'), 'utf8')],
  ]);
}

const files = new Set();

/** Every page of the check is mirrored, and so is every file. */
const resolve = (reference) => {
  if (reference.kind === 'page') return { href: 'index.md', title: reference.title };
  if (reference.kind !== 'attachment') return undefined;
  const name = reference.filename.replace(/[^\w.-]/g, '-');
  files.add(name);
  return { href: `files/${name}` };
};

const has = (html, ...parts) => {
  for (const part of parts) assert.ok(html.includes(part), `not in the page: ${part}`);
};

let followed = 0;

const ALL = { not_found: 'warn', anchors: 'warn', absolute_links: 'warn', unrecognized_links: 'warn' };

/** The page of the site that a file is, when it is one. */
const pageAt = (file) =>
  existsSync(file) && statSync(file).isDirectory() ? path.join(file, 'index.html') : file;

/** Fails when a link or a picture of the site leads to no file of it: MkDocs does not look at those in HTML. */
function followLinks(site) {
  let count = 0;
  for (const name of readdirSync(site, { recursive: true })) {
    if (!name.endsWith('.html') || name === '404.html') continue;
    const [, main = ''] =
      /<div class="col-md-9" role="main">(.*)<footer/s.exec(readFileSync(path.join(site, name), 'utf8')) ??
      [];
    for (const [, address] of main.matchAll(/(?:href|src)="([^"#?]+)[^"]*"/g)) {
      if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(address)) continue;
      const target = path.resolve(
        path.dirname(path.join(site, name)),
        decodeURIComponent(address.replaceAll('&amp;', '&')),
      );
      assert.ok(existsSync(pageAt(target)), `${name} links to ${address}, which is not there`);
      count += 1;
    }
  }
  return count;
}

/** Builds the pages in a folder, with both kinds of addresses, and fails when MkDocs warns of anything; returns the site. */
function build(docs, links) {
  const sites = [true, false].map((directories) => {
    const site = `${docs}-${directories ? 'directories' : 'files'}`;
    const settings = {
      site_name: 'check',
      docs_dir: docs,
      site_dir: site,
      use_directory_urls: directories,
      markdown_extensions: EXTENSIONS,
      validation: { links },
    };
    const file = `${site}.yml`;
    writeFileSync(file, JSON.stringify(settings));
    execFileSync(mkdocs(), ['build', '--strict', '--quiet', '--config-file', file], { stdio: 'inherit' });
    followed += followLinks(site);
    return site;
  });
  return sites.at(-1);
}

/** Mirrors the embedded wiki. */
function pull(dir, flavor) {
  const flags = ['--comments', '--labels', '--flavor', flavor, '--progress', 'none', '--quiet'];
  const wiki = '--sandbox=pages=200,folders=20,attachments=200,comments=100';
  const command = path.join(root, 'dist/bin/rxsync.js');
  execFileSync(process.execPath, [command, 'pull', dir, '--space', 'LARGE', wiki, ...flags], {
    stdio: 'inherit',
    // The variables of the test run are no settings of the command.
    env: { PATH: process.env.PATH },
  });
}

const folder = mkdtempSync(path.join(tmpdir(), 'mkdocs-'));
try {
  const docs = path.join(folder, 'docs');
  mkdirSync(path.join(docs, 'files'), { recursive: true });
  for (const [name, storage] of bodies()) {
    const context = { flavor: 'mkdocs', baseUrl: 'https://example.atlassian.net/wiki', resolve };
    writeFileSync(path.join(docs, `${name}.md`), toMarkdown(storage, context));
  }
  for (const name of files) writeFileSync(path.join(docs, 'files', name), '');
  const site = build(docs, ALL);

  const html = readFileSync(path.join(site, 'index.html'), 'utf8').replace(/\n\s*/g, '');
  has(html, '<li>one<ul><li>two<ol><li>three</li></ol></li></ul></li>');
  has(html, '<div class="admonition note"><p class="admonition-title">Note</p><p>noted</p></div>');
  has(html, '<p class="admonition-title">Take &quot;care&quot;</p>'.replaceAll('&quot;', '"'));
  has(html, '<a href="#uber-uns">first</a>', '<a href="#uber-uns_1">Über uns</a>', 'id="uber-uns_1"');
  has(html, '<td><ul><li>a</li><li>b | c</li></ul></td>', '<td><code>x|y</code></td>');
  has(html, '&lt;b&gt; &amp;copy; {: .x } 5$ or $6 &#126;&#126;no&#126;&#126; first<br>second');
  has(html, '<details><summary>More</summary><p>Inside <strong>it</strong></p>');
  has(html, 'src="files/small.png" width="30" /> beside');
  has(html, '<input type="checkbox" disabled checked');
  has(
    html,
    '<td>to <a href="index.html"><strong>the</strong> page</a> *x*<ul><li><a href="index.html">Other</a></li></ul></td>',
  );
  has(html, '<dd>see <a href="index.html">Other</a></dd>');

  for (const flavor of ['mkdocs', 'github']) {
    const mirror = path.join(folder, flavor);
    pull(mirror, flavor);
    // The ids of headings are those of the dialect; files are the same in all.
    build(mirror, flavor === 'mkdocs' ? ALL : { ...ALL, anchors: 'ignore' });
  }
  process.stdout.write(
    `${files.size} files, ${followed} links followed, every page and mirror of the check is as it should be\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
