import { type FaceSample, positionFromMatrix, rotationFromMatrix } from '@tha4/pose-mapper';
import { closeCamera, type OpenCamera, openCamera } from '../camera/camera.ts';
import { CAMERA_ENDED, mediaProblem } from '../camera/camera-words.ts';
import { FaceTracker } from '../tracking/face-tracker.ts';
import type { TrackedFace, TrackedFrame } from '../tracking/tracker-messages.ts';
import type { Source, SourceHost } from './source.ts';

/** What the webcam needs from its page. */
export interface WebcamHost extends SourceHost {
  /** The tracker's model, or `null` where the person does not want it. */
  obtainModel(): Promise<Uint8Array | null>;
  /** Which camera; `null`: any. */
  chosenCamera(): string | null;
  /** A camera is on. */
  onCamera(camera: OpenCamera): void;
  onFrame(frame: TrackedFrame): void;
  /** `true` while the camera is on. */
  onPicture(video: boolean): void;
  /** The person has chosen something else. */
  onStop(): void;
  readonly video: HTMLVideoElement;
}

/** A face in front of a camera. */
export class WebcamSource implements Source {
  readonly #host: WebcamHost;
  #tracker: Promise<FaceTracker> | null = null;
  #camera: OpenCamera | null = null;
  /** Counts starts and stops, so that a slow start that was given up leaves nothing on. */
  #turn = 0;
  #faces = -1;

  constructor(host: WebcamHost) {
    this.#host = host;
  }

  async start(): Promise<void> {
    const turn = ++this.#turn;
    const { say, video } = this.#host;
    setTracking('starting');
    say('Waiting for the camera. Your browser may ask you whether this page may use it.');
    try {
      const camera = await openCamera(this.#host.chosenCamera());
      if (turn !== this.#turn) return closeCamera(camera);
      this.#camera = camera;
      camera.track.addEventListener('ended', () => this.#fail(turn, CAMERA_ENDED));
      video.srcObject = camera.stream;
      // Fails when the camera is turned off at once, which is said elsewhere.
      void video.play().catch(() => undefined);
      this.#host.onPicture(true);
      this.#host.onCamera(camera);
    } catch (error) {
      return this.#fail(turn, mediaProblem(error, 'camera'));
    }
    try {
      say('Starting the face tracker.');
      this.#tracker ??= this.#startTracker();
      const tracker = await this.#tracker;
      if (turn !== this.#turn) return;
      this.#faces = -1;
      tracker.follow(this.#camera.track, video);
    } catch (error) {
      this.#tracker = null;
      this.#fail(turn, (error as Error).message);
    }
  }

  stop(): void {
    this.#turn++;
    void this.#tracker?.then((tracker) => tracker.rest()).catch(() => undefined);
    this.#turnOff();
    this.#host.onStop();
  }

  async #startTracker(): Promise<FaceTracker> {
    const model = await this.#host.obtainModel();
    if (model === null)
      throw new Error(
        'Without the face model the webcam cannot move the character. Choose it again to be asked once more.',
      );
    const tracker = new FaceTracker({
      onFrame: (frame) => this.#take(frame),
      onError: (error) => {
        tracker.dispose();
        this.#tracker = null;
        this.#fail(this.#turn, error.message);
      },
    });
    await tracker.load(model);
    return tracker;
  }

  #take(frame: TrackedFrame): void {
    if (this.#camera === null) return; // the last answer after a stop
    const { capturedAt, face, faces } = frame;
    this.#host.face(face === null ? null : faceSample(face, capturedAt), capturedAt);
    if (faces !== this.#faces) {
      this.#faces = faces;
      setTracking(faces === 0 ? 'no-face' : 'face');
      this.#host.say(FACE_WORDS[Math.min(faces, 2)]!);
    }
    this.#host.onFrame(frame);
  }

  #fail(turn: number, words: string): void {
    if (turn !== this.#turn) return;
    this.#turn++;
    this.#turnOff();
    setTracking('error');
    this.#host.say(words);
  }

  #turnOff(): void {
    const { face, video, onPicture } = this.#host;
    if (this.#camera !== null) closeCamera(this.#camera);
    this.#camera = null;
    video.srcObject = null;
    onPicture(false);
    face(null, performance.now());
  }
}

function faceSample({ blendshapes, matrix, landmarks }: TrackedFace, timeMs: number): FaceSample {
  const rotation = rotationFromMatrix(matrix);
  return { timeMs, blendshapes, rotation, position: positionFromMatrix(matrix), landmarks };
}

const FACE_WORDS = [
  'No face in sight. The character idles until you are back.',
  'Following your face.',
  'More than one face in sight. The nearest one is followed.',
] as const;

function setTracking(state: 'starting' | 'face' | 'no-face' | 'error'): void {
  document.body.dataset.tracking = state;
}
