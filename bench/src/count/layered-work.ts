import {
  bodyMorpherSpec,
  faceMorpherSpec,
  type Params,
  type Spec,
  type StudentConfig,
  student,
  studentImageSize,
} from '@tha4/core';
import { publishedStudent } from '../networks/published-student.ts';
import { type Counted, countingOps } from './counting-ops.ts';
import type { Work } from './work.ts';

/** Which graph of the student an engine runs: as it was published, or as core writes it, which costs a quarter less. */
export type Graph = 'published' | 'ours';

/** A frame of an engine that runs one operator after the other. */
export function layeredWork(config: StudentConfig, graph: Graph): Work {
  const { ops, work } = countingOps();
  const size = studentImageSize(config);
  const params = { face: shapes(faceMorpherSpec(config.face)), body: shapes(bodyMorpherSpec(config.body)) };
  const network = graph === 'ours' ? student<Counted> : publishedStudent<Counted>;
  network(ops, config, params, { shape: [1, size, size, 4] }, { shape: [1, config.body.poseSize] });
  return work();
}

function shapes(spec: Spec): Params<Counted> {
  return new Map([...spec].map(([key, shape]) => [key, { shape }]));
}
