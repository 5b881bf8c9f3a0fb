import { type Html, html, raw } from './html.ts';
import { lineChart } from './line-chart.ts';
import type { ReportData, ReportResult, ReportRow, ReportShot } from './report-data.ts';

const BADGES = { running: 'in progress', stopped: 'stopped', done: 'finished' } as const;

/** Everything inside `main`. */
export function reportBody(data: ReportData): Html {
  const { name, state, summary, preview, result } = data;
  return html`<header><p><span class="badge ${state}">${BADGES[state]}</span></p><h1>${name}</h1><p class="quiet">${summary}</p></header>
${state === 'done' ? raw('') : progressCard(data)}
${numbers(data)}
${result === null ? raw('') : html`<section class="card"><h2>How to open it</h2><p><code>${result.opening}</code></p></section>`}
${preview === null ? raw('') : html`<section class="card"><h2>Now</h2>${shot(preview)}</section>`}
${result === null ? raw('') : shots('Poses that it was never trained on', result.shots)}
<section class="pair"><div class="card"><h2>Likeness</h2>${qualityChart(data)}</div><div class="card"><h2>Loss</h2>${lossChart(data)}</div></section>
${result === null ? raw('') : shots('The worst of these poses', result.worst)}
${result === null ? raw('') : parameters(result)}
<section class="pair"><div class="card"><h2>Settings</h2>${table(data.settings)}</div><div class="card"><h2>Origin and licences</h2>${table(data.provenance)}</div></section>
<p class="quiet">PSNR and SSIM: ${data.convention}. Differences are shown ${DIFFERENCE_WORDS}.</p>`;
}

const DIFFERENCE_WORDS = 'four times enlarged, black where there is none';

/** `95 s`, `12 min`, `1 h 5 min`. */
export function plainTime(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

function progressCard({ progress, seconds, secondsLeft, state }: ReportData): Html {
  const left = secondsLeft === null || state !== 'running' ? '' : `, about ${plainTime(secondsLeft)} to go`;
  return html`<section class="card"><b>${Math.floor(100 * progress)}%</b> after ${plainTime(seconds)}${left}
<div class="bar"><i style="width:${(100 * progress).toFixed(1)}%"></i></div><p class="quiet" id="heard"></p></section>`;
}

function numbers({ result, quality, seconds, done }: ReportData): Html {
  const last = quality.at(-1);
  const cells: (readonly [string, string])[] =
    result === null
      ? [
          [last === undefined ? '…' : decibels(last.psnr), 'frame, PSNR'],
          [last === undefined ? '…' : decibels(last.facePsnr), 'face, PSNR'],
        ]
      : [
          [decibels(result.psnr), `frame, PSNR (resting picture: ${decibels(result.restingPsnr)})`],
          [decibels(result.facePsnr), 'face, PSNR'],
          [result.ssim.toFixed(3), `frame, SSIM (face: ${result.faceSsim.toFixed(3)})`],
          [`${(result.fileBytes / 1e6).toFixed(2)} MB`, 'character file'],
        ];
  cells.push([plainTime(seconds), 'time'], [done.frames.toLocaleString('en-US'), 'poses of the teacher']);
  return html`<section class="numbers">${cells.map(([value, label]) => html`<div class="number"><b>${value}</b><span class="quiet">${label}</span></div>`)}</section>`;
}

function qualityChart({ quality }: ReportData): Html {
  return lineChart({
    title: 'PSNR on held-out poses',
    lines: [
      { name: 'frame', kind: 'line-a', points: quality.map(({ seconds, psnr }) => [seconds, psnr]) },
      { name: 'face', kind: 'line-b', points: quality.map(({ seconds, facePsnr }) => [seconds, facePsnr]) },
    ],
    xMax: Math.max(1, ...quality.map(({ seconds }) => seconds)),
    xLabel: plainTime,
    yLabel: (y) => `${Number(y.toFixed(1))} dB`,
    scale: 'linear',
  });
}

function lossChart({ losses }: ReportData): Html {
  const points = (network: 'face' | 'body') =>
    losses.flatMap(({ progress, [network]: loss }) => (loss === null ? [] : [[progress, loss] as const]));
  return lineChart({
    title: 'Loss of the training',
    lines: [
      { name: 'body', kind: 'line-a', points: points('body') },
      { name: 'face', kind: 'line-b', points: points('face') },
    ],
    xMax: 1,
    xLabel: (x) => `${Math.round(100 * x)}%`,
    yLabel: (y) => String(Number(y.toPrecision(2))),
    scale: 'log',
  });
}

function shots(title: string, list: readonly ReportShot[]): Html {
  return html`<section class="card"><h2>${title}</h2><div class="shots">${list.map(shot)}</div></section>`;
}

function shot({ caption, png }: ReportShot): Html {
  const address = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  return html`<figure class="shot"><div class="heads"><span>teacher</span><span>student</span><span>difference</span></div><img src="${address}" width="768" height="512" alt="teacher, student and their difference: ${caption}"><figcaption>${caption}</figcaption></figure>`;
}

/** Least and most of the bars, decibels. */
const BAR = { from: 15, to: 45 } as const;

function parameters({ parameters: all, psnr }: ReportResult): Html {
  const width = (value: number): string =>
    `${Math.min(100, Math.max(2, (100 * (value - BAR.from)) / (BAR.to - BAR.from))).toFixed(0)}%`;
  return html`<section class="card"><h2>Each parameter alone, at its largest value</h2><p class="quiet">PSNR of the frame; orange where it is below that of all held-out poses.</p><div class="meters">${all.map(
    (each) =>
      html`<div class="meter${each.psnr < psnr ? ' low' : ''}" title="${each.name}: face ${decibels(each.facePsnr)}"><span>${each.name}</span><div><i style="width:${width(each.psnr)}"></i></div><span>${decibels(each.psnr)}</span></div>`,
  )}</div></section>`;
}

function table(rows: readonly ReportRow[]): Html {
  return html`<table>${rows.map(([label, value]) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`)}</table>`;
}

function decibels(value: number): string {
  return value >= 100 ? 'equal' : `${value.toFixed(1)} dB`;
}
