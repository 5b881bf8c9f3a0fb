import { FRAME_SIZE, imageToModel, imageToStraight, type RgbaImage, THA3_NETWORKS, THA3_STAGES } from '@tha4/core';
import type { SystemName } from '../weights/systems.ts';
import type { TeacherSystem } from './system.ts';
import { tha3System } from './tha3-system.ts';
import { THA4_SYSTEM } from './tha4-system.ts';

const TEACHER_SYSTEMS: Readonly<Record<SystemName, TeacherSystem>> = {
  tha4: THA4_SYSTEM,
  tha3: tha3System(THA3_NETWORKS.standard, THA3_STAGES.standard, FRAME_SIZE),
  'tha3-separable': tha3System(THA3_NETWORKS.separable, THA3_STAGES.separable, FRAME_SIZE),
};

/** The networks of a system, and how a frame goes through them. */
export function systemOf(name: SystemName): TeacherSystem {
  return TEACHER_SYSTEMS[name];
}

/** A picture as a system's networks want it, `[height, width, 4]`: THA3's have straight alpha. */
export function toSystemSpace(name: SystemName, image: RgbaImage): Float32Array {
  return name === 'tha4' ? imageToModel(image) : imageToStraight(image);
}
