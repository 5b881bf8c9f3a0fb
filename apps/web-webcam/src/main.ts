import {
  bindBackground,
  bindOpening,
  bindSpeed,
  bindTheme,
  byId,
  createMessages,
  createStatus,
  Opener,
  offerSpeeds,
  parseRuntime,
  Stage,
} from '@tha4/page';
import { createPoseDriver } from '@tha4/pose-mapper';
import { createWorkerRuntime } from '@tha4/student';
import { BridgeAddress } from './bridge/bridge-address.ts';
import { BridgeSender } from './bridge/bridge-sender.ts';
import { bridgeSource } from './bridge/bridge-source.ts';
import { CameraChoice } from './camera/camera-choice.ts';
import { demoCharacter } from './demo/demo-character.ts';
import PaintWorker from './demo/paint-worker.ts?worker';
import { obtainModel } from './model/ask-for-model.ts';
import { announceFrame, announcePose } from './motion/announce.ts';
import { Motion } from './motion/motion.ts';
import { MovingMean } from './motion/moving-mean.ts';
import { RecordPanel } from './recording/record-panel.ts';
import { bindCalibration } from './settings/calibration-buttons.ts';
import { CalibrationGuide } from './settings/calibration-guide.ts';
import { SettingsPanel } from './settings/settings-panel.ts';
import { mouseSource } from './sources/mouse-source.ts';
import type { Source, SourceHost } from './sources/source.ts';
import { parseSource, SourceSwitch } from './sources/source-switch.ts';
import { WebcamSource } from './sources/webcam-source.ts';
import { showCharacter } from './stage/character-view.ts';
import { Latency } from './stage/latency.ts';
import { keepShowing, listed, milliseconds, Rate, rate, showFacts } from './stage/live-facts.ts';
import { bindView } from './stage/view.ts';
import { Voice } from './voice/voice.ts';
import { bindVoiceWithWebcam, voiceSource } from './voice/voice-source.ts';

const page = new URL(location.href);
const canvas = byId('stage', HTMLCanvasElement);
const report = createMessages(byId('messages', HTMLElement));
const status = createStatus(byId('status', HTMLOutputElement));
const clean = page.searchParams.get('view') === 'clean';
bindTheme();
bindBackground();
bindView(page, clean);
try {
  const worker = new PaintWorker({ name: parseRuntime(page.searchParams.get('runtime')) });
  const latency = new Latency();
  const painting = new MovingMean();
  const painted = new Rate();
  const stage = new Stage(createWorkerRuntime(worker), canvas, {
    status,
    report,
    live: true,
    onStats: ({ last }) => {
      const now = performance.now();
      announceFrame({ timeMs: now, capturedAt: latency.end(now) });
      painted.note(now);
      if (last !== null) painting.add(last);
    },
    onRuntime: (info) => {
      showFacts({ runtime: info.choice });
      offerSpeeds(info);
    },
    onBusy: (busy) => {
      if (busy) latency.begin();
    },
  });

  const driver = createPoseDriver();
  const motion = new Motion(driver, ({ pose, capturedAt }) => {
    latency.wish(capturedAt);
    const now = performance.now();
    recorder.note(now, pose);
    sender.send(now, driver.state, pose);
    announcePose({ timeMs: now, pose, capturedAt, state: driver.state });
    stage.setPose(pose);
  });
  const address = new BridgeAddress(page, () => void switcher.choose('bridge'));
  const sender = new BridgeSender(() => address.value);
  const recorder = new RecordPanel({ stage, canvas, report, pause: (paused) => motion.pause(paused) });
  const settings = new SettingsPanel(driver);

  const tracked = new Rate();
  const inference = new MovingMean();
  const line = byId('source-line', HTMLElement);
  const host: SourceHost = {
    face: (sample, capturedAt) => {
      motion.take(capturedAt, (driver) => (sample === null ? driver.lost(capturedAt) : driver.observe(sample)));
      guide.take(sample, capturedAt);
    },
    take: (capturedAt, observe) => motion.take(capturedAt, observe),
    say: (words) => {
      line.textContent = words;
    },
  };
  const guide = new CalibrationGuide((calibration, words) => {
    driver.calibrate(calibration);
    settings.keep();
    host.say(words);
  });
  bindCalibration(driver, settings, guide, host.say);
  const cameras = new CameraChoice(() => void switcher.choose('webcam'));
  const video = byId('self-video', HTMLVideoElement);
  const webcam = new WebcamSource({
    ...host,
    onStop: () => voiceToo.stop(),
    video,
    obtainModel: () => obtainModel(page),
    chosenCamera: () => cameras.chosen,
    onCamera: ({ id }) => {
      settings.use(id);
      void cameras.show(id);
    },
    onPicture: (on) => {
      byId('self', HTMLElement).hidden = !on;
      for (const mean of [tracked, inference, latency]) mean.reset();
    },
    onFrame: ({ capturedAt, inferenceMs }) => {
      tracked.note(capturedAt);
      inference.add(inferenceMs);
    },
  });
  const bridge = bridgeSource({
    ...host,
    address: () => address.value,
    follow: (pose) => motion.follow(pose),
    stream: clean ? 'pose' : 'face',
  });
  const voice = new Voice(host.take);
  const voiceToo = bindVoiceWithWebcam(voice, host.say);
  const idle: Source = {
    start: () => host.say('It breathes, blinks and looks around by itself.'),
    stop: () => undefined,
  };
  const switcher: SourceSwitch = new SourceSwitch(
    { webcam, bridge, microphone: voiceSource(host, voice), mouse: mouseSource(host, canvas), idle },
    host,
    (name) => {
      guide.cancel();
      // A camera's own settings are taken when it is known which one it is.
      if (name !== 'webcam') settings.use(name);
    },
  );
  const pace = byId('pace', HTMLElement);
  keepShowing(() => {
    pace.textContent = milliseconds(latency.ms);
    return {
      capture: video.videoWidth > 0 && video.srcObject !== null ? `${video.videoWidth} × ${video.videoHeight} px` : '',
      inference: listed(milliseconds(inference.mean), rate(tracked.perSecond)),
      mapping: milliseconds(motion.mappingMs),
      drawing: listed(milliseconds(painting.mean), rate(painted.perSecond)),
      latency: latency.ms === null ? '' : `${milliseconds(latency.ms)} from the camera’s picture to the character’s`,
    };
  });

  bindSpeed((speed) => stage.setSpeed(speed));
  const opener = new Opener({ stage, status, report, onOpen: showCharacter });
  bindOpening(opener);
  await opener.openFirst(page);
  if (stage.character === null) await opener.open(demoCharacter);
  await switcher.choose(parseSource(page.searchParams.get('source')) ?? (clean ? 'bridge' : 'idle'));
} catch (error) {
  status.set('error');
  report(error);
}
