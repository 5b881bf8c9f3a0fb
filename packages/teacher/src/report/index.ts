export type { ReportData, ReportResult, ReportRow, ReportShot } from './report-data.ts';
export { LIVE_SCRIPT, liveScript, reportPage } from './report-page.ts';
