import { BackendError, imageToModel, type RgbaImage } from '@tha4/core';
import type { SystemName } from '../weights/systems.ts';
import type { TeacherSystem } from './system.ts';
import { THA4_SYSTEM } from './tha4-system.ts';

function notYet(name: string): never {
  throw new BackendError(`${name}: its networks are not built yet`);
}

/** The networks of a system, and how a frame goes through them. */
export function systemOf(name: SystemName): TeacherSystem {
  return name === 'tha4' ? THA4_SYSTEM : notYet(name);
}

/** A picture as a system's networks want it, `[height, width, 4]`. */
export function toSystemSpace(name: SystemName, image: RgbaImage): Float32Array {
  return name === 'tha4' ? imageToModel(image) : imageToModel(image);
}
