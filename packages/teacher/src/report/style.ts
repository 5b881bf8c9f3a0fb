/** The report's style sheet: one column on a phone, cards side by side on a desk, light and dark. */
export const STYLE: string = `
:root { color-scheme: light dark; --page: #f4f2f7; --card: #fff; --ink: #1d1a26; --quiet: #6b6579; --edge: #e2deea;
  --a: #7a3cf0; --b: #e0662a; --good: #1d8a54; --check: #e9e6ef; --check2: #fbfafd; }
@media (prefers-color-scheme: dark) { :root { --page: #131118; --card: #1d1a25; --ink: #efecf6; --quiet: #9d96ad;
  --edge: #322d3e; --a: #b08cff; --b: #ff9f6b; --good: #5bd39a; --check: #2a2634; --check2: #332e3f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: clamp(16px, 4vw, 40px); display: grid; gap: 20px; }
h1 { margin: 0; font-size: clamp(28px, 5vw, 44px); letter-spacing: -.02em; line-height: 1.15; overflow-wrap: anywhere; }
h2 { margin: 0 0 12px; font-size: 19px; }
p { margin: 0 0 10px; }
.quiet, figcaption { color: var(--quiet); font-size: 14px; }
.badge { display: inline-block; padding: 2px 12px; border-radius: 99px; border: 1px solid currentColor; font-size: 14px;
  color: var(--a); vertical-align: middle; }
.badge.done { color: var(--good); } .badge.stopped { color: var(--b); }
.card { background: var(--card); border: 1px solid var(--edge); border-radius: 16px; padding: clamp(14px, 2.5vw, 24px);
  min-width: 0; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; }
.number { background: var(--card); border: 1px solid var(--edge); border-radius: 16px; padding: 14px 16px; }
.number b { display: block; font-size: 26px; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
.pair { display: grid; gap: 20px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); }
.bar { height: 12px; border-radius: 99px; background: var(--edge); overflow: hidden; margin: 10px 0; }
.bar i { display: block; height: 100%; border-radius: 99px; background: linear-gradient(90deg, var(--a), var(--b)); }
.shots { display: grid; gap: 20px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); }
figure { margin: 0; min-width: 0; }
.shot img { width: 100%; height: auto; display: block; border-radius: 10px; border: 1px solid var(--edge); image-rendering: auto;
  background: repeating-conic-gradient(var(--check) 0 25%, var(--check2) 0 50%) 0 0 / 20px 20px; }
.heads { display: grid; grid-template-columns: repeat(3, 1fr); text-align: center; font-size: 13px; color: var(--quiet); }
.chart svg { width: 100%; height: auto; display: block; }
.grid { stroke: var(--edge); } .tick { fill: var(--quiet); font-size: 12px; }
polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
polyline.line-a { stroke: var(--a); } polyline.line-b { stroke: var(--b); }
circle.line-a { fill: var(--a); } circle.line-b { fill: var(--b); }
.key::before { content: ''; display: inline-block; width: 14px; height: 3px; margin: 0 5px 4px 8px; border-radius: 2px; }
.key.line-a::before { background: var(--a); } .key.line-b::before { background: var(--b); }
table { width: 100%; border-collapse: collapse; font-size: 15px; }
th, td { text-align: left; padding: 5px 8px 5px 0; border-bottom: 1px solid var(--edge); vertical-align: top; }
th { font-weight: 500; color: var(--quiet); } td { overflow-wrap: anywhere; }
tr:last-child > * { border-bottom: 0; }
.meters { columns: 300px; column-gap: 32px; }
.meter { break-inside: avoid; display: grid; grid-template-columns: 11em 1fr 4.2em; gap: 10px; align-items: center;
  font-size: 14px; padding: 2px 0; }
.meter i { height: 8px; border-radius: 99px; background: var(--a); display: block; }
.meter.low i { background: var(--b); } .meter span:last-child { text-align: right; font-variant-numeric: tabular-nums; }
.meter span:first-child { overflow: hidden; text-overflow: ellipsis; }
code { font: 14px ui-monospace, monospace; background: var(--page); padding: 2px 6px; border-radius: 6px; overflow-wrap: anywhere; }
`;
