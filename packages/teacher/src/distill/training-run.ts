import { FrameSource } from './frame-source.ts';
import { LossHistory, type QualityPoint } from './history.ts';
import { fitFactor, PaceMeter, type Piece, secondsFor } from './pace.ts';
import { isPlateau } from './plateau.ts';
import type { Work } from './recipe.ts';
import { feedFrame, framesToRefill, refill } from './ring.ts';
import {
  addWork,
  NO_WORK,
  type Position,
  progressAt,
  type Segment,
  scaleWork,
  ticksOf,
  workLeft,
  workOfTick,
} from './schedule.ts';
import { StoppedError } from './stopped.ts';
import type { TrainingInputs, TrainingStatus } from './training-inputs.ts';

/** Between two saves, seconds: what a crash may lose. */
const SAVE_EVERY = 20;
const TELL_EVERY = 0.25;
const PREVIEW_EVERY = 5;
/** Share of the time that previews may take. */
const PREVIEW_SHARE = 0.04;
/** Updates that are timed before a plan is made for a budget. They train like all others. */
const TIMED_STEPS = 12;
/** Share of a budget that the first frames may take. */
const FIRST_FRAMES_SHARE = 0.2;
const LEAST_FIRST_FRAMES = 4;
/** Share of a budget that training gets at least: a budget that is too short is exceeded, not wasted. */
const LEAST_TRAINING_SHARE = 0.35;
/** Where a plan may be made anew, because the machine was faster or slower than it seemed. */
const REPLAN_AT: readonly number[] = [0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95];
/** A plateau leaves this share of the work, to let the learning rate come down. */
const PLATEAU_REST = 0.1;
const NO_PLATEAU_AFTER = 0.85;

/**
 * Trains a student from where it stands to the end. What happens in which order follows from the recipe, the seed and
 * the plans in the state; the clock decides only how much work a budget buys, and that is written into the state.
 */
export class TrainingRun {
  readonly #in: TrainingInputs;
  readonly #frames: FrameSource;
  readonly #pace: PaceMeter;
  readonly #losses: LossHistory;
  readonly #quality: QualityPoint[];
  readonly #before: number;
  readonly #start: number;
  #segments: readonly Segment[];
  #tick: number;
  #done: Work;
  #plateau: boolean;
  #measureSeconds = 0;
  #lastLoss: { face: number | null; body: number | null } = { face: null, body: null };
  #pixels = { count: 0, seconds: 0, perSecond: 0 };
  #saved = { at: 0 };
  #told = 0;
  #previewed = { at: 0, seconds: 0 };

  constructor(inputs: TrainingInputs) {
    const state = inputs.found?.state;
    this.#in = inputs;
    this.#pace = new PaceMeter(inputs.order.wholeShare);
    this.#frames = new FrameSource(inputs.teacher, inputs.order);
    this.#losses = new LossHistory(state?.losses);
    this.#quality = [...(state?.quality ?? [])];
    this.#before = state?.seconds ?? inputs.spentSeconds;
    this.#start = inputs.now();
    this.#segments = state?.position.segments ?? [];
    this.#tick = state?.position.tick ?? 0;
    this.#done = state?.position.done ?? NO_WORK;
    this.#plateau = state?.plateau ?? false;
    this.#saved.at = this.#start;
    this.#previewed.at = this.#start;
  }

  /** @throws {StoppedError} when the signal aborts; the state is saved then */
  async train(): Promise<TrainingStatus> {
    if (this.#segments.length === 0) await this.#begin();
    else await this.#goOn();
    this.#in.emit({ type: 'phase', phase: 'training', total: null });
    for (let more = await this.#nextSegment(); more; more = await this.#nextSegment()) {
      const segment = this.#segments.at(-1)!;
      for (const ticks = ticksOf(segment); this.#tick < ticks && this.#segments.at(-1) === segment; ) {
        if (this.#in.signal.aborted) await this.#stop();
        const from = this.progress();
        await this.#doTick(segment);
        await this.#afterTick(from);
      }
    }
    await this.#save();
    this.#tell(true);
    return this.status();
  }

  /** Of the whole run, 0..1. */
  progress(): number {
    const segment = this.#segments.at(-1);
    return segment === undefined ? 0 : progressAt(segment, this.#tick);
  }

  status(): TrainingStatus {
    return {
      progress: this.progress(),
      seconds: this.#seconds(),
      secondsLeft: this.#secondsLeft(),
      pixelsPerSecond: this.#pixels.perSecond,
      done: this.#done,
      losses: this.#losses.points(),
      quality: this.#quality,
      plateau: this.#plateau,
    };
  }

  async #begin(): Promise<void> {
    const { recipe, emit, signal, budgetSeconds } = this.#in;
    emit({ type: 'phase', phase: 'frames', total: recipe.firstFrames });
    for (let index = 0; index < recipe.firstFrames; index++) {
      if (signal.aborted)
        throw new StoppedError('Stopped before the training began; there is nothing to save.', 0, false);
      const enough = index >= LEAST_FIRST_FRAMES && budgetSeconds !== null;
      if (enough && this.#seconds() > FIRST_FRAMES_SHARE * budgetSeconds) break;
      await this.#feed(index);
      this.#done = { ...this.#done, frames: index + 1 };
      emit({ type: 'step', phase: 'frames', done: index + 1, total: recipe.firstFrames });
    }
    await this.#measure();
    const { work } = recipe;
    const rest = { ...work, frames: Math.max(0, work.frames - recipe.firstFrames) };
    if (budgetSeconds === null) this.#push({ from: 0, to: 1, ...rest });
    else {
      // Whole frames are timed already.
      const frames = this.#in.order.wholeShare < 1 ? TIMED_STEPS : 0;
      this.#push({ from: 0, to: 0, frames, faceSteps: TIMED_STEPS, bodySteps: TIMED_STEPS });
    }
  }

  async #goOn(): Promise<void> {
    const { found, trainers, emit, signal, budgetSeconds } = this.#in;
    const state = found!.state;
    emit({ type: 'resumed', progress: this.progress(), seconds: state.seconds, damaged: found!.damaged });
    if (this.progress() < 1) {
      const total = framesToRefill(this.#done.frames, this.#frames, trainers);
      emit({ type: 'phase', phase: 'frames', total });
      const step = (done: number): void => emit({ type: 'step', phase: 'frames', done, total });
      try {
        await refill(this.#done.frames, this.#frames, trainers, step, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new StoppedError('Stopped; the state is as it was.', this.progress(), true);
      }
    }
    trainers.face.restore(state.face);
    trainers.body.restore(state.body);
    // Another time than before: the plan is made for that one.
    const segment = this.#segments.at(-1)!;
    const timed = segment.to === 1 && this.progress() < 1;
    if (state.budgetSeconds !== budgetSeconds && budgetSeconds !== null && timed) this.#replan(await this.#timeSome());
  }

  /** The paces of a session that has not trained yet are not known; those of the sessions before are. */
  async #timeSome(): Promise<number> {
    const { seconds, position } = this.#in.found!.state;
    const left = workLeft(this.#segments.at(-1)!, this.#tick);
    const { faceSteps, bodySteps } = position.done;
    const perStep = seconds / Math.max(1, faceSteps + bodySteps);
    const needed = perStep * (left.faceSteps + left.bodySteps);
    return needed > 0 ? Math.max(0, this.#budgetLeft()!) / needed : 1;
  }

  /** Whether there is a segment to work on; makes a plan where one is due. */
  async #nextSegment(): Promise<boolean> {
    const segment = this.#segments.at(-1)!;
    if (this.#tick < ticksOf(segment)) return true;
    if (segment.to === 1) return false;
    const { recipe } = this.#in;
    const rest = { ...recipe.work, frames: Math.max(0, recipe.work.frames - recipe.firstFrames) };
    const factor = fitFactor(rest, this.#pace.pace(), this.#budgetLeft()!);
    this.#push({ from: segment.to, to: 1, ...scaleWork(rest, factor) });
    await this.#save();
    return true;
  }

  async #doTick(segment: Segment): Promise<void> {
    const { trainers } = this.#in;
    const progress = this.progress();
    const work = workOfTick(segment, this.#tick);
    for (let i = 0; i < work.frames; i++) {
      await this.#feed(this.#done.frames + i);
    }
    for (const network of ['face', 'body'] as const) {
      for (let i = 0; i < work[`${network}Steps`]; i++) {
        const { loss, samples } = await this.#timed(`${network}Step`, () => trainers[network].step(progress));
        this.#losses.add(network, progress, loss);
        this.#lastLoss[network] = loss;
        this.#pixels.count += samples;
      }
    }
    this.#done = addWork(this.#done, work);
    this.#tick++;
  }

  async #afterTick(from: number): Promise<void> {
    const { recipe, budgetSeconds, now } = this.#in;
    const progress = this.progress();
    const crosses = (point: number): boolean => from < point && progress >= point;
    const measurement = Math.floor(progress * recipe.measurements + 1e-9) / recipe.measurements;
    if (crosses(measurement)) {
      await this.#measure();
      if (!this.#plateau && progress < NO_PLATEAU_AFTER && this.#isPlateau()) {
        this.#plateau = true;
        this.#replan(PLATEAU_REST);
        this.#in.emit({ type: 'plateau', progress, secondsLeft: this.#secondsLeft() ?? 0 });
        await this.#save();
      }
    }
    if (budgetSeconds !== null && !this.#plateau && progress < 1 && REPLAN_AT.some(crosses)) {
      const left = workLeft(this.#segments.at(-1)!, this.#tick);
      const factor = fitFactor(left, this.#pace.pace(), this.#budgetLeft()!);
      if (factor !== 1) {
        this.#replan(factor);
        await this.#save();
      }
    }
    if (now() - this.#saved.at > SAVE_EVERY) await this.#save();
    const pause = Math.max(PREVIEW_EVERY, this.#previewed.seconds / PREVIEW_SHARE);
    if (now() - this.#previewed.at > pause) await this.#preview();
    this.#tell(false);
    // A trainer may never leave this turn of the event loop by itself: let Ctrl-C in.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Neither the frame nor the face gains any more: one of them alone may stand still while the other learns. */
  #isPlateau(): boolean {
    return isPlateau(this.#quality.map(({ psnr }) => psnr)) && isPlateau(this.#quality.map(({ facePsnr }) => facePsnr));
  }

  /** Settles the rest of the run anew. */
  #replan(factor: number): void {
    const left = workLeft(this.#segments.at(-1)!, this.#tick);
    this.#push({ from: this.progress(), to: 1, ...scaleWork(left, factor) });
  }

  #push(segment: Segment): void {
    this.#segments = [...this.#segments, segment];
    this.#tick = 0;
    const { from, to, ...work } = segment;
    if (to === 1) this.#in.emit({ type: 'plan', progress: from, work, secondsLeft: this.#secondsLeft() });
  }

  async #measure(): Promise<void> {
    const { trainers, measure, emit, now } = this.#in;
    const start = now();
    const quality = await measure(trainers.face.weights(), trainers.body.weights());
    this.#measureSeconds = now() - start;
    const progress = this.progress();
    this.#quality.push({ progress, seconds: this.#seconds(), ...quality });
    emit({ type: 'quality', progress, ...quality });
  }

  async #preview(): Promise<void> {
    const { trainers, preview, now } = this.#in;
    const start = now();
    await preview(trainers.face.weights(), trainers.body.weights(), this.status());
    this.#previewed = { at: now(), seconds: now() - start };
  }

  async #save(): Promise<boolean> {
    const { store, fingerprint, budgetSeconds, trainers, emit, now } = this.#in;
    const position: Position = { segments: this.#segments, tick: this.#tick, done: this.#done };
    this.#saved.at = now();
    try {
      const bytes = await store.save({
        fingerprint,
        position,
        budgetSeconds,
        seconds: this.#seconds(),
        losses: this.#losses.points(),
        quality: this.#quality,
        plateau: this.#plateau,
        face: trainers.face.save(),
        body: trainers.body.save(),
      });
      emit({ type: 'saved', progress: this.progress(), bytes });
      return true;
    } catch (error) {
      // A full disk is no reason to throw the training away; the state before is still whole.
      emit({ type: 'unsaved', message: (error as Error).message });
      return false;
    }
  }

  async #stop(): Promise<never> {
    const saved = await this.#save();
    const percent = Math.floor(100 * this.progress());
    const words = saved
      ? `Stopped at ${percent}%; the state is saved.`
      : `Stopped at ${percent}%; the state could not be saved, an older one may be there.`;
    throw new StoppedError(words, this.progress(), saved);
  }

  #tell(always: boolean): void {
    const now = this.#in.now();
    if (!always && now - this.#told < TELL_EVERY) return;
    this.#told = now;
    const { count, seconds: stepping } = this.#pixels;
    if (stepping > 2) this.#pixels = { count: 0, seconds: 0, perSecond: count / stepping };
    const { progress, done, seconds, secondsLeft, pixelsPerSecond } = this.status();
    const { face: faceLoss, body: bodyLoss } = this.#lastLoss;
    this.#in.emit({ type: 'progress', progress, done, seconds, secondsLeft, pixelsPerSecond, faceLoss, bodyLoss });
  }

  async #feed(index: number): Promise<void> {
    const piece = this.#frames.isWhole(index) ? 'whole' : 'window';
    await this.#timed(piece, () => feedFrame(index, this.#frames, this.#in.trainers));
  }

  async #timed<T>(kind: Piece, work: () => Promise<T>): Promise<T> {
    const start = this.#in.now();
    const result = await work();
    const seconds = this.#in.now() - start;
    this.#pace.add(kind, seconds);
    if (kind === 'faceStep' || kind === 'bodyStep') this.#pixels.seconds += seconds;
    return result;
  }

  /** Spent so far, all sessions together. */
  #seconds(): number {
    return this.#before + this.#in.now() - this.#start;
  }

  /** What the rest will take; `null` while that is not known. */
  #secondsLeft(): number | null {
    const segment = this.#segments.at(-1);
    const pace = this.#pace.pace();
    if (segment === undefined || segment.to < 1 || pace.bodyStep === 0) return null;
    const training = secondsFor(workLeft(segment, this.#tick), pace);
    return training * (1 + PREVIEW_SHARE) + this.#overhead();
  }

  /** What of the budget is left for training, seconds; `null` without a budget. */
  #budgetLeft(): number | null {
    const { budgetSeconds } = this.#in;
    if (budgetSeconds === null) return null;
    const left = budgetSeconds - this.#seconds() - this.#overhead();
    return Math.max(left, LEAST_TRAINING_SHARE * budgetSeconds * (1 - this.progress())) / (1 + PREVIEW_SHARE);
  }

  /** Measurements that are still to come, and the end of the run. */
  #overhead(): number {
    const { recipe, finishSeconds } = this.#in;
    return (1 - this.progress()) * recipe.measurements * this.#measureSeconds + finishSeconds();
  }
}
