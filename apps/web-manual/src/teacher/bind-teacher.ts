import { BackendError } from '@tha4/core';
import { byId, type Report, type Status } from '@tha4/page';
import type { PoseHistory } from '../pose-history.ts';
import { type TeacherFrame, TeacherLink } from './teacher-link.ts';

/**
 * Lets a teacher on this machine paint in the student's place, slowly: its frames lie over the stage while the switch is
 * on. It poses the picture that it was started with.
 */
export function bindTeacher(history: PoseHistory, status: Status, report: Report): void {
  const choice = byId('painter', HTMLFieldSetElement);
  const canvas = byId('teacher-stage', HTMLCanvasElement);
  let link: TeacherLink | null = null;
  let turn = 0;

  const stop = (): void => {
    turn++;
    link?.close();
    link = null;
    canvas.hidden = true;
    status.say(null);
    byId('painter-student', HTMLInputElement).checked = true;
  };
  const start = async (): Promise<void> => {
    const own = ++turn;
    status.say('Looking for a teacher');
    const onEnd = (reason: string): void => {
      stop();
      report(new BackendError(`The teacher is gone${reason === '' ? '' : `: ${reason}`}.`));
    };
    const opened = await TeacherLink.connect({ onFrame: (frame) => draw(opened, frame), onEnd });
    if (own !== turn) return opened.close();
    link = opened;
    status.say(`${opened.hello.teacher} paints`);
    opened.setPose(history.pose);
  };
  const draw = ({ hello }: TeacherLink, { size, milliseconds, pixels }: TeacherFrame): void => {
    canvas.width = size;
    canvas.height = size;
    canvas.getContext('2d')!.putImageData(new ImageData(pixels, size, size), 0, 0);
    canvas.setAttribute('aria-label', `${hello.name}, painted by the teacher ${hello.teacher}`);
    canvas.hidden = false;
    status.say(`${hello.teacher}: ${(milliseconds / 1000).toFixed(1)} s a frame (${hello.licence})`);
  };

  choice.addEventListener('change', ({ target }) => {
    if ((target as HTMLInputElement).value === 'student') return stop();
    start().catch((error) => {
      stop();
      report(error);
    });
  });
  history.subscribe((pose) => link?.setPose(pose));
}
