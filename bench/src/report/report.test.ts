import { describe, expect, it } from 'vitest';
import type { Contestant, Engine } from '../contestants/contestant.ts';
import { CPU_CONTROL } from '../contestants/contestants.ts';
import { CSV_HEADER, csvLines, csvName } from './csv.ts';
import { markdownText } from './markdown.ts';
import { type Measured, makeRows } from './row.ts';
import { tableText } from './table.ts';

const ENGINE: Engine = { kind: 'webgpu', cull: true };

function measured(name: string, times: readonly number[], more: Partial<Contestant> & { gpu?: string } = {}): Measured {
  const { gpu = null, ...contestant } = more;
  return {
    contestant: { name, place: 'node', engine: ENGINE, control: CPU_CONTROL, quick: true, ...contestant },
    seat: { engine: 'made up 1.0', gpu, environment: 'Node 1.2.3', firstFrameMs: 12.345, scriptKilobytesGzip: null },
    times: times.map((ms) => ({ ms, cpuMs: gpu === null ? ms / 2 : null })),
    work: { multiplyAdds: 1.5e9, sines: 7, bytes: 2.25e6 },
  };
}

const ALL = [
  measured('ours', [100, 140, 90]),
  measured(CPU_CONTROL, [700, 600, 800]),
  measured('other place', [50], { place: 'chromium', gpu: 'software GPU (x)' }),
];

describe('rows', () => {
  it('hold what was measured and counted', () => {
    expect(makeRows(ALL, 'A CPU, 2 cores')[0]).toEqual({
      name: 'ours',
      medianMs: 100,
      p95Ms: 140,
      cpuMs: 50,
      frames: 3,
      device: 'A CPU, 2 cores',
      environment: 'Node 1.2.3',
      ratio: 7,
      control: CPU_CONTROL,
      gflop: 3,
      megabytes: 2.25,
      firstFrameMs: 12.35,
      scriptKilobytesGzip: null,
      engine: 'made up 1.0',
    });
  });

  it('are compared with the control of the same place alone, and name an emulated GPU', () => {
    const [, control, other] = makeRows(ALL, 'A CPU');
    expect(control!.ratio).toBe(1);
    expect(other!.ratio).toBeNull();
    expect(other!.device).toBe('software GPU (x), A CPU');
  });
});

describe('table', () => {
  const rows = makeRows(ALL, 'A CPU');
  const text = tableText(rows, [{ name: 'absent one', environment: 'node', reason: 'no such thing' }]);

  it('aligns its columns', () => {
    const lines = text.split('\n').filter((line) => /^ {2}(ours|onnx)/.test(line));
    expect(lines).toHaveLength(2);
    expect(lines[0]!.indexOf('100 ms') + '100 ms'.length).toBe(lines[1]!.indexOf('700 ms') + '700 ms'.length);
  });

  it('says who did not run, and why', () => {
    expect(text).toContain('did not run: absent one (node): no such thing');
    expect(tableText([], [])).toBe('');
  });
});

describe('markdown', () => {
  const text = markdownText(makeRows(ALL, 'A CPU'), [{ name: 'absent one', environment: 'node', reason: 'a | b' }]);

  it('has a table for each device, with as many cells in each line', () => {
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables).toHaveLength(2);
    for (const table of tables) {
      const widths = table.split('\n').map((row) => row.split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
    expect(text).toContain('**Node 1.2.3 on A CPU**\n\n|');
    expect(text).toContain('| ours | 100 ms | 140 ms |');
    expect(text).toContain('Did not run: absent one (node)');
  });
});

describe('csv', () => {
  it('has as many fields in a line as in its header', () => {
    const stamp = { release: '1.0.0+abc', date: '2026-11-22', character: 'a "b", c', load: '1.0 to 2.0' };
    const lines = csvLines(makeRows(ALL.slice(0, 1), 'CPU'), stamp);
    expect(lines).toEqual([
      `1.0.0+abc,2026-11-22,"a ""b"", c",1.0 to 2.0,Node 1.2.3,ours,100,140,50,3,,${CPU_CONTROL},3,2.25,12.35,,CPU,made up 1.0`,
    ]);
    expect(CSV_HEADER.split(',')).toHaveLength(18);
  });

  it('names files after machines', () => {
    expect(csvName('AMD EPYC, 2 cores')).toBe('amd-epyc-2-cores.csv');
    expect(csvName('')).toBe('unknown.csv');
  });
});
