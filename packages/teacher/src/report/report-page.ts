import { html, raw } from './html.ts';
import { reportBody } from './report-body.ts';
import type { ReportData } from './report-data.ts';
import { STYLE } from './style.ts';

/** Name of the script beside a live report that brings its newest contents. */
export const LIVE_SCRIPT = 'report-live.js';

/**
 * A report as one file that needs nothing else. While a run goes on it asks for `report-live.js` beside it every two
 * seconds, which works from `file://` in any browser, where `fetch` does not; once that script is gone, the report is
 * finished, and the page loads itself again.
 */
export function reportPage(data: ReportData): string {
  const script = data.state === 'done' ? raw('') : html`<script>${raw(LIVE)}</script>`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${data.name}: distilled</title><style>${raw(STYLE)}</style></head>
<body><main id="report">${reportBody(data)}</main>${script}</body></html>
`.html;
}

/** Contents of `report-live.js`. @param written milliseconds since 1970 */
export function liveScript(data: ReportData, written: number): string {
  const value = { html: reportBody(data).html, state: data.state, written };
  return `tha4Live(${JSON.stringify(value).replaceAll('<', '\\u003c')});\n`;
}

const LIVE = `
let shown = '', heard = null, missing = 0;
function tha4Live(news) {
  heard = news; missing = 0;
  if (news.html === shown) return;
  shown = news.html;
  document.getElementById('report').innerHTML = news.html;
}
setInterval(() => {
  const script = document.createElement('script');
  script.src = '${LIVE_SCRIPT}?' + Date.now();
  script.onload = () => script.remove();
  script.onerror = () => { script.remove(); if (heard !== null && ++missing > 1) location.reload(); };
  document.body.append(script);
  const quiet = heard === null ? 0 : Math.round((Date.now() - heard.written) / 1000);
  const place = document.getElementById('heard');
  if (place !== null && quiet > 60 && heard.state === 'running')
    place.textContent = 'Nothing heard for ' + quiet + ' s. If it was stopped, the same command goes on from there.';
}, 2000);
`;
