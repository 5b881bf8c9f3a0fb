import { BackendError, imageToModel, type RgbaImage, THA4_NETWORKS } from '@tha4/core';
import type { SystemName } from '../weights/systems.ts';
import type { TeacherSystem } from './stage.ts';
import { tha4System } from './tha4.ts';

function notYet(name: string): never {
  throw new BackendError(`${name}: its networks are not built yet`);
}

const TEACHER_SYSTEMS: Readonly<Record<SystemName, () => TeacherSystem>> = {
  tha4: () => tha4System(THA4_NETWORKS),
  tha3: () => notYet('tha3'),
  'tha3-separable': () => notYet('tha3-separable'),
};

/** The networks of a system, and how a frame goes through them. */
export function systemOf(name: SystemName): TeacherSystem {
  return TEACHER_SYSTEMS[name]();
}

/** A picture as a system's networks want it, `[height, width, 4]`. */
export function toSystemSpace(name: SystemName, image: RgbaImage): Float32Array {
  return name === 'tha4' ? imageToModel(image) : imageToModel(image);
}
