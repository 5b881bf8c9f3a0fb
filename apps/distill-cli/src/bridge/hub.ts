import {
  type BridgeSource,
  type BridgeStatus,
  type Calibration,
  createPoseDriver,
  type DriverSettingsPatch,
  type FaceSample,
  NO_CALIBRATION,
  type Parsed,
  type PoseDriver,
  type PoseFrame,
  type TrackerProtocol,
} from '@tha4/pose-mapper';
import { Counters } from './counters.ts';

/** A source that says nothing for this long does not drive any more, in milliseconds. */
const SILENT_MS = 1000;

/** Faces of OpenSeeFace after which its offset is taken as looking straight: its angles depend on the camera. */
const SETTLED = 20;

/**
 * Decides who drives, and turns faces into poses. The source that drives keeps doing so until it is silent; a page that
 * sends poses comes before all trackers. Faces that lost are counted all the same.
 */
export class Hub {
  readonly #driver: PoseDriver;
  readonly #counters: Counters;
  readonly #showFace: (timeMs: number, sample: FaceSample | null) => void;
  #driving: TrackerProtocol | null = null;
  #heardMs = Number.NEGATIVE_INFINITY;
  #page: PoseFrame | null = null;
  #pageMs = Number.NEGATIVE_INFINITY;
  #facesToStraight = 0;
  /** What straight ahead is, for each tracker: they measure against different things. */
  readonly #calibrations = new Map<TrackerProtocol, Calibration>();

  /** @param showFace is told each face of the source that drives */
  constructor(
    sources: readonly BridgeSource[],
    settings: DriverSettingsPatch,
    showFace: (timeMs: number, sample: FaceSample | null) => void,
  ) {
    this.#driver = createPoseDriver({ settings });
    this.#counters = new Counters(sources);
    this.#showFace = showFace;
  }

  /** Takes what a tracker's packet was: a face, none, nothing of a face (`undefined`), or not readable. */
  take(source: TrackerProtocol, packet: Parsed<FaceSample | null | undefined>, nowMs: number): void {
    if (!packet.ok) {
      this.#counters.bad(source);
      return;
    }
    this.#counters.good(source);
    if (packet.value === undefined) return;
    if (this.#driving !== source) {
      if (this.#driving !== null && nowMs - this.#heardMs < SILENT_MS) return;
      this.#driving = source;
      const known = this.#calibrations.get(source);
      this.#driver.calibrate(known ?? NO_CALIBRATION);
      this.#facesToStraight = source === 'openseeface' && known === undefined ? SETTLED : 0;
    }
    this.#heardMs = nowMs;
    if (packet.value === null) this.#driver.lost(nowMs);
    else this.#driver.observe(packet.value);
    if (packet.value !== null && this.#facesToStraight > 0 && --this.#facesToStraight === 0) this.lookStraight();
    this.#showFace(nowMs, packet.value);
  }

  /** Takes a pose of a page. */
  takePage(frame: PoseFrame, nowMs: number): void {
    this.#counters.good('page');
    this.#page = frame;
    this.#pageMs = nowMs;
  }

  /** A message of a page that could not be read. */
  badPage(): void {
    this.#counters.bad('page');
  }

  /** Takes the face that drives as looking straight ahead; nothing where none is seen. */
  lookStraight(): void {
    if (this.#driving === null || !this.#driver.lookStraight()) return;
    this.#calibrations.set(this.#driving, this.#driver.calibration);
  }

  /** The pose now, and whether a page sent it. */
  pose(nowMs: number): Pick<PoseFrame, 'pose' | 'state'> & { readonly fromPage: boolean } {
    if (this.#page !== null && nowMs - this.#pageMs < SILENT_MS) {
      return { pose: this.#page.pose, state: this.#page.state, fromPage: true };
    }
    this.#page = null;
    if (this.#driving !== null && nowMs - this.#heardMs >= SILENT_MS) {
      this.#driving = null;
      this.#driver.lost(nowMs);
      this.#showFace(nowMs, null);
    }
    return { pose: this.#driver.pose(nowMs), state: this.#driver.state, fromPage: false };
  }

  /** To be asked once a second: it starts the count anew. */
  status(nowMs: number): BridgeStatus {
    const { state } = this.pose(nowMs);
    this.#counters.tick();
    const driving = this.#page !== null ? 'page' : this.#driving;
    return { type: 'status', state, driving, sources: this.#counters.status() };
  }

  totals(): ReturnType<Counters['totals']> {
    return this.#counters.totals();
  }
}
