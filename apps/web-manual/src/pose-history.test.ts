import { neutralPose } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { PoseHistory } from './pose-history.ts';

function posed(value: number): Float32Array {
  const pose = neutralPose();
  pose[0] = value;
  return pose;
}

const first = (history: PoseHistory): number => Number(history.pose[0]!.toFixed(2));

describe('PoseHistory', () => {
  it('makes one step of a gesture, however often it moves', () => {
    const history = new PoseHistory(neutralPose());
    for (const value of [0.1, 0.2, 0.3]) history.move(posed(value));
    history.settle();
    history.undo();
    expect(first(history)).toBe(0);
    expect(history.canUndo).toBe(false);
    history.redo();
    expect(first(history)).toBe(0.3);
  });

  it('makes no step of a gesture that comes back to its start', () => {
    const history = new PoseHistory(neutralPose());
    history.move(posed(1));
    history.move(neutralPose());
    history.settle();
    expect(history.canUndo).toBe(false);
  });

  it('undoes a gesture that has not ended', () => {
    const history = new PoseHistory(neutralPose());
    history.take(posed(0.5));
    history.move(posed(0.7));
    history.undo();
    expect(first(history)).toBe(0.5);
    history.undo();
    expect(first(history)).toBe(0);
  });

  it('forgets what was undone when something new is done', () => {
    const history = new PoseHistory(neutralPose());
    history.take(posed(0.5));
    history.undo();
    history.take(posed(0.25));
    expect(history.canRedo).toBe(false);
    history.redo();
    expect(first(history)).toBe(0.25);
  });

  it('does nothing at either end', () => {
    const history = new PoseHistory(posed(0.5));
    history.undo();
    history.redo();
    expect(first(history)).toBe(0.5);
  });

  it('keeps 500 steps', () => {
    const history = new PoseHistory(neutralPose());
    for (let i = 1; i <= 600; i++) history.take(posed(i));
    for (let i = 0; i < 600; i++) history.undo();
    expect(first(history)).toBe(100);
  });

  it('tells a listener the pose at once and after every change, and never writes to what it told', () => {
    const history = new PoseHistory(neutralPose());
    const told: Float32Array[] = [];
    history.subscribe((pose) => told.push(pose));
    history.move(posed(0.5));
    history.undo();
    expect(told[0]![0]).toBe(0);
    expect(told.map((pose) => pose[0])).toContain(0.5);
    expect(told.at(-1)![0]).toBe(0);
  });
});
