/** Colours by what they mean, in light and in dark; all texts have a contrast of at least 4.5 to 1. */
const COLORS = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f6f8fa; --edge: #d0d7de; --text: #1b1f24; --faint: #57606a; --link: #0550ae;
  --series-0: #0969da; --series-1: #bc4c00; --area: #0969da26; --hold: #d4a72c55;
  --good: #1a7f37; --caution: #8a5a00; --bad: #c21b27;
  --cell-0: #cfe3ff; --cell-1: #ffd9c2; --cell-2: #d3efd8; --cell-3: #e6d9ff; --cell-4: #fbeeb8; --cell-5: #cdecf0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --raised: #161b22; --edge: #3d444d; --text: #e6edf3; --faint: #a3adb8; --link: #79c0ff;
    --series-0: #58a6ff; --series-1: #f0883e; --area: #58a6ff33; --hold: #d2992255;
    --good: #3fb950; --caution: #d9a62e; --bad: #ff7b72;
    --cell-0: #1f3a5f; --cell-1: #5a3418; --cell-2: #1f4a2b; --cell-3: #43306b; --cell-4: #574a12; --cell-5: #1b4650;
  }
}`;

const TEXT = `
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 76rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1 { margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 3rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--edge); font-size: 1.35rem; }
h3 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
h4 { margin: 1.25rem 0 .25rem; font-size: 1rem; }
p { margin: .25rem 0 .75rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100rem; padding: .5rem 1rem; background: var(--ground); }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.faint, .path, .more, figcaption, caption { color: var(--faint); font-size: .875rem; }
.path { display: inline-block; }
code { font: .875em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1rem 0; }
dl div { padding: .75rem 1rem; border: 1px solid var(--edge); border-radius: .5rem; background: var(--raised); }
dt { color: var(--faint); font-size: .875rem; }
dt::first-letter { text-transform: uppercase; }
dd { margin: 0; font-size: 1.25rem; font-weight: 600; line-height: 1.3; overflow-wrap: normal; }
dd time { font-size: 1rem; }
ul { padding-left: 1.25rem; }
.items { max-height: 24rem; margin: .25rem 0 .75rem; overflow-y: auto; }
.items li { padding: .1rem 0; }
.failures { padding: 0; list-style: none; }
.failures > * { margin: .5rem 0; padding: .5rem .9rem; border-left: 4px solid var(--bad); background: var(--raised); }
.failures p { margin: .25rem 0 0; }
.failures .more { border-color: var(--edge); }
summary { cursor: pointer; padding: .25rem 0; }
details.run > summary { font-size: 1.1rem; font-weight: 600; }
.outcome { font-weight: 600; color: var(--text); }
.outcome.complete { color: var(--good); }
.outcome.partial, .outcome.interrupted { color: var(--caution); }
.outcome.failed, .bad { color: var(--bad); }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: .5rem 0; }
th, td { padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--edge); text-align: right; white-space: nowrap; }
.word { text-align: left; }
th { font-weight: 600; }
tbody th { font-weight: 400; }
.below { padding-left: 1.25rem; }
@media print { details > * { display: block; } .skip { display: none; } }`;

const CHARTS = `
figure { margin: .5rem 0 1rem; }
svg { overflow: visible; display: block; max-width: 100%; }
svg text { fill: var(--faint); font-size: 12px; }
.plot { width: 100%; height: 170px; }
.plot svg { width: 100%; height: 100%; }
.bars { width: 100%; }
.bars text { fill: var(--text); }
.grid { stroke: var(--edge); stroke-width: 1; }
.area { fill: var(--area); }
.line { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
.series-0 { stroke: var(--series-0); }
.series-1 { stroke: var(--series-1); stroke-dasharray: 6 3; }
.hold { fill: var(--hold); }
.pointer { fill: transparent; }
.pointer:hover { fill: var(--area); }
.span { fill: var(--series-0); opacity: .55; }
.median { stroke: var(--series-0); stroke-width: 3; }
.whisker { stroke: var(--faint); stroke-width: 1.5; }
.map { width: 100%; height: auto; aspect-ratio: 1000 / 480; min-height: 300px; }
.map svg { overflow: hidden; }
.map text { fill: var(--text); }
.cell { stroke: var(--ground); stroke-width: 1; }
.cell:hover { stroke: var(--text); stroke-width: 3; }
.rest { fill: var(--raised); stroke: var(--edge); }
.color-0 { fill: var(--cell-0); } .color-1 { fill: var(--cell-1); } .color-2 { fill: var(--cell-2); }
.color-3 { fill: var(--cell-3); } .color-4 { fill: var(--cell-4); } .color-5 { fill: var(--cell-5); }
@media (max-width: 40rem) { .map .wide { display: none; } }
.run { stroke: currentColor; color: var(--good); }
.run.partial, .run.interrupted { color: var(--caution); }
.run.failed { color: var(--bad); }
.run circle { fill: currentColor; }
.run.partial circle { fill: var(--ground); stroke-width: 2; }
.run line { stroke-width: 2; opacity: .6; }
.run text { fill: currentColor; font-size: 14px; font-weight: 700; stroke: none; }
details.run { color: inherit; }
.legend { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: .25rem 0; padding: 0; list-style: none; font-size: .875rem; }
.legend li { display: flex; align-items: center; gap: .4rem; }
.legend svg { width: 24px; height: 8px; }
.legend svg.run { width: 12px; height: 12px; }
@media (forced-colors: active) { .series-0, .series-1, .grid { stroke: CanvasText; } }`;

/** How a report looks. */
export const STYLE = COLORS + TEXT + CHARTS;
