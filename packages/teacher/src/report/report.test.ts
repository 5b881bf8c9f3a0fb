import { describe, expect, it } from 'vitest';
import { DONE, RUNNING } from '../../test/support/report-data.ts';
import { lineChart } from './line-chart.ts';
import { liveScript, reportPage } from './report-page.ts';

describe('a report', () => {
  it('needs nothing but itself', () => {
    const page = reportPage(DONE);
    expect(page).not.toMatch(/https?:|<script|<link|@import|url\(/);
    expect(page.match(/src="data:image\/png;base64,[\w+/=]+"/g)).toHaveLength(2);
  });

  it('shows what was measured', () => {
    const page = reportPage(DONE);
    for (const text of [
      '28.4 dB',
      '27.1 dB',
      '0.950',
      '17.2 dB',
      '1.05 MB',
      'pose 7',
      'eye_wink',
      'CC0-1.0',
      'quickstart rin.tha',
    ]) {
      expect(page).toContain(text);
    }
  });

  it('puts strangers’ text in as text', () => {
    for (const text of [reportPage(DONE), liveScript(RUNNING, 0)]) {
      expect(text).not.toContain('<Rin>');
      expect(text).toContain('&#60;Rin&#62; &#38; &#34;co&#34;');
    }
    expect(liveScript({ ...RUNNING, name: '</script><script>alert(1)' }, 0)).not.toContain('</script>');
  });
});

describe('a line chart', () => {
  const chart = (points: readonly (readonly [number, number])[], scale: 'linear' | 'log') =>
    lineChart({
      title: 'Loss',
      lines: [{ name: 'a', kind: 'line-a', points }],
      xMax: 10,
      xLabel: String,
      yLabel: String,
      scale,
    }).html;

  it('draws points between round numbers', () => {
    const text = chart(
      [
        [0, 12],
        [10, 28],
      ],
      'linear',
    );
    const [, first, last] = /points="([\d.]+,[\d.]+) ([\d.]+,[\d.]+)"/.exec(text)!;
    const [x0, y0] = first!.split(',').map(Number);
    const [x1, y1] = last!.split(',').map(Number);
    expect(x1! - x0!).toBeCloseTo(494, 0);
    expect(y1).toBeLessThan(y0!);
    expect([...text.matchAll(/text-anchor="end">([\d.]+)</g)].map(([, tick]) => tick)).toEqual([
      '10',
      '15',
      '20',
      '25',
      '30',
      '10',
    ]);
  });

  it('takes constant, tiny and no values', () => {
    for (const scale of ['linear', 'log'] as const) {
      expect(
        chart(
          [
            [0, 5],
            [10, 5],
          ],
          scale,
        ),
      ).not.toMatch(/NaN|Infinity/);
      expect(
        chart(
          [
            [0, 1e-9],
            [10, 2e-9],
          ],
          scale,
        ),
      ).not.toMatch(/NaN|Infinity/);
      expect(chart([], scale)).toContain('nothing to show');
    }
    expect(
      chart(
        [
          [0, 0],
          [10, 1],
        ],
        'log',
      ),
    ).not.toMatch(/NaN|Infinity/);
  });
});
