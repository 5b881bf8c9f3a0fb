import type { DriverState } from '../driver/pose-driver.ts';
import { type Parsed, parsed, refused } from '../parsed.ts';
import { isTrackerProtocol, type TrackerProtocol } from '../trackers/protocols.ts';

/** The WebSocket port of `tha4 bridge`. */
export const BRIDGE_PORT = 39545;

/** Version of the messages; a page should refuse a `hello` of another. */
export const BRIDGE_VERSION = 1;

/**
 * What a page wants of the bridge, chosen in the address, `ws://127.0.0.1:39545/?stream=face`:
 * `pose` (where nothing is said) the 45 numbers, 60 times a second; `face` what the tracker saw, as it comes, for a page
 * with a `PoseDriver` of its own; `send` nothing: the page sends poses, and every `pose` page gets them.
 */
export type BridgeStream = 'pose' | 'face' | 'send';

/** Where poses come from: a tracker's protocol, or another page. */
export type BridgeSource = TrackerProtocol | 'page';

/** The first message to a page. */
export interface BridgeHello {
  readonly type: 'hello';
  readonly format: 'tha4-bridge';
  readonly version: number;
  readonly stream: BridgeStream;
}

/** How one source is doing. */
export interface BridgeSourceStatus {
  readonly source: BridgeSource;
  /** Good packets in the last second. */
  readonly packetsPerSecond: number;
  /** Packets that could not be read, since the start. */
  readonly badPackets: number;
}

/** Once a second to every page. */
export interface BridgeStatus {
  readonly type: 'status';
  readonly state: DriverState;
  /** Who drives now; `null` where nobody does and the character idles. */
  readonly driving: BridgeSource | null;
  readonly sources: readonly BridgeSourceStatus[];
}

/** What a page may ask of the bridge: to take the face that it sees now as looking straight ahead. */
export interface BridgeCommand {
  readonly type: 'look-straight';
}

/** A text message of the bridge. */
export type BridgeText = BridgeHello | BridgeStatus;

/** Text messages longer than this are refused unread, in characters. */
const LONGEST = 16_384;

/** Reads a text message of the bridge. Never throws. */
export function parseBridgeText(text: string): Parsed<BridgeText> {
  if (text.length > LONGEST) return refused(`bridge: expected up to ${LONGEST} characters, got ${text.length}`);
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return refused('bridge: expected JSON');
  }
  if (typeof value !== 'object' || value === null) return refused('bridge: expected a JSON object');
  if (value.type === 'hello') return parseHello(value);
  if (value.type === 'status') return parseStatus(value);
  return refused('bridge: expected a message of the type hello or status');
}

/** Reads a text message of a page. Never throws. */
export function parseBridgeCommand(text: string): Parsed<BridgeCommand> {
  let value: unknown;
  try {
    value = text.length > LONGEST ? null : JSON.parse(text);
  } catch {
    return refused('bridge: expected JSON');
  }
  const known = typeof value === 'object' && value !== null && (value as BridgeCommand).type === 'look-straight';
  return known ? parsed({ type: 'look-straight' }) : refused('bridge: expected a command of the type look-straight');
}

function parseHello({ format, version, stream }: Record<string, unknown>): Parsed<BridgeHello> {
  if (format !== 'tha4-bridge') return refused('bridge: expected the format tha4-bridge');
  if (version !== BRIDGE_VERSION) {
    return refused(`bridge: expected version ${BRIDGE_VERSION}, got ${String(version)}; update the older side`);
  }
  if (stream !== 'pose' && stream !== 'face' && stream !== 'send') return refused('bridge: expected a known stream');
  return parsed({ type: 'hello', format, version, stream });
}

function parseStatus({ state, driving, sources }: Record<string, unknown>): Parsed<BridgeStatus> {
  if (state !== 'idle' && state !== 'tracking' && state !== 'lost') return refused('bridge: expected a known state');
  if (driving !== null && !isSource(driving)) return refused('bridge: expected a known source');
  if (!Array.isArray(sources)) return refused('bridge: expected a list of sources');
  const kept = sources.filter(isSourceStatus);
  return parsed({ type: 'status', state, driving, sources: kept });
}

function isSourceStatus(value: unknown): value is BridgeSourceStatus {
  if (typeof value !== 'object' || value === null) return false;
  const { source, packetsPerSecond, badPackets } = value as Record<string, unknown>;
  return isSource(source) && Number.isFinite(packetsPerSecond) && Number.isFinite(badPackets);
}

function isSource(value: unknown): value is BridgeSource {
  return value === 'page' || isTrackerProtocol(value);
}
