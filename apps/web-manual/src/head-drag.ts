import { poseParameter } from '@tha4/core';
import type { PoseHistory } from './pose-history.ts';

const YAW = poseParameter('head_y')!;
const PITCH = poseParameter('head_x')!;

/** A drag over this share of the picture turns the head from straight to its limit. */
const FULL_TURN = 0.4;

/**
 * The pose after a drag that began in `start`: the face follows the hand. On the picture, a positive `head_y` turns the
 * face to the viewer's left and a positive `head_x` lifts the chin.
 *
 * @param right, down how far the hand went, as shares of the picture's width and height
 */
export function draggedHead(start: Float32Array, right: number, down: number): Float32Array {
  const pose = start.slice();
  pose[YAW.index] = turned(start[YAW.index]!, -right);
  pose[PITCH.index] = turned(start[PITCH.index]!, -down);
  return pose;
}

/** Lets a pointer turn the head by dragging over the picture; one drag is one step. */
export function enableHeadDrag(canvas: HTMLCanvasElement, history: PoseHistory, isOpen: () => boolean): void {
  let drag: { readonly id: number; readonly x: number; readonly y: number; readonly start: Float32Array } | null = null;
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || drag !== null || !isOpen()) return;
    canvas.setPointerCapture(event.pointerId);
    drag = { id: event.pointerId, x: event.clientX, y: event.clientY, start: history.pose };
  });
  canvas.addEventListener('pointermove', (event) => {
    if (drag?.id !== event.pointerId) return;
    const { width, height } = canvas.getBoundingClientRect();
    history.move(draggedHead(drag.start, (event.clientX - drag.x) / width, (event.clientY - drag.y) / height));
  });
  const end = (event: PointerEvent): void => {
    if (drag?.id !== event.pointerId) return;
    drag = null;
    history.settle();
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
}

function turned(from: number, share: number): number {
  // Two decimals, as the sliders have.
  return Math.round(Math.min(1, Math.max(-1, from + share / FULL_TURN)) * 100) / 100;
}
