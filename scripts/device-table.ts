/** A row of `bench/results`, by the names of its columns. */
export interface MeasuredRow {
  readonly release: string;
  readonly date: string;
  readonly environment: string;
  readonly name: string;
  readonly medianMs: string;
  readonly p95Ms: string;
  readonly device: string;
}

/** The newest measurement of each of our runtimes on each device, as HTML. */
export function deviceTable(rows: readonly MeasuredRow[]): string {
  const newest = new Map<string, MeasuredRow>();
  for (const row of rows.filter(({ name }) => name.startsWith('ours '))) {
    const key = `${row.device} ${row.environment} ${row.name}`;
    if ((newest.get(key)?.date ?? '') <= row.date) newest.set(key, row);
  }
  if (newest.size === 0) return '<p>No device has been measured yet.</p>';
  const ordered = [...newest.values()].sort((a, b) => Number(a.medianMs) - Number(b.medianMs));
  const lines = ordered.map(({ device, environment, name, medianMs, p95Ms, date }) =>
    line('td', [device, environment, name.replace(/^ours /, ''), milliseconds(medianMs), milliseconds(p95Ms), date]),
  );
  const head = line('th scope="col"', ['Device', 'In', 'Runtime', 'Frame, median', '95 %', 'When']);
  return `<table><thead>${head}</thead><tbody>${lines.join('')}</tbody></table>`;
}

function line(cell: string, values: readonly string[]): string {
  const end = cell.split(' ')[0];
  return `<tr>${values.map((value) => `<${cell}>${escapeHtml(value)}</${end}>`).join('')}</tr>`;
}

function milliseconds(text: string): string {
  const value = Number(text);
  return text === '' ? '' : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
