import { neutralPose } from '@tha4/core';
import demoCharacter from '@tha4/demo-character/aurelia.tha?url';
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
  savePng,
} from '@tha4/page';
import { createStudentWorker } from '@tha4/page/student-worker';
import { createWorkerRuntime, fetchCharacter } from '@tha4/student';
import { bindBench } from './bench-link.ts';
import { showCharacter, showRuntime, showStats } from './character-view.ts';
import { bindClipboard } from './clipboard.ts';
import { enableHeadDrag } from './head-drag.ts';
import { bindPoseButtons } from './pose-buttons.ts';
import { PoseHistory } from './pose-history.ts';
import { createSliders } from './sliders.ts';
import { bindTeacher } from './teacher/bind-teacher.ts';

const canvas = byId('stage', HTMLCanvasElement);
const report = createMessages(byId('messages', HTMLElement));
const status = createStatus(byId('status', HTMLOutputElement));
bindTheme();
bindBackground();
try {
  const page = new URL(location.href);
  const worker = createStudentWorker(parseRuntime(page.searchParams.get('runtime')));
  const history = new PoseHistory(neutralPose());
  const stage = new Stage(createWorkerRuntime(worker), canvas, {
    status,
    report,
    onStats: showStats,
    onRuntime: (info) => {
      showRuntime(info);
      offerSpeeds(info);
    },
  });
  const opener = new Opener({ stage, status, report, onOpen: showCharacter });
  createSliders(byId('sliders', HTMLElement), history);
  bindPoseButtons(history);
  bindClipboard(history, status, report);
  enableHeadDrag(canvas, history, () => stage.character !== null);
  bindOpening(opener);
  byId('save-png', HTMLButtonElement).addEventListener('click', () => savePng(stage).catch(report));
  bindSpeed((speed) => stage.setSpeed(speed));
  history.subscribe((pose) => stage.setPose(pose));
  bindTeacher(history, status, report);
  status.set('empty');
  await opener.openFirst(page);
  if (stage.character === null && !page.searchParams.has('character')) {
    await opener.open(() => fetchCharacter(new URL(demoCharacter, page)));
  }
  bindBench(page, () => stage.character, report);
} catch (error) {
  status.set('error');
  report(error);
}
