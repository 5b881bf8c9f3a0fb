export { officialTeacher } from './official-teacher.ts';
export { PreparedOfficial, stageSource } from './prepared.ts';
export { type ReadSystem, readSystem, type SystemWeights } from './read-weights.ts';
export type { Stage, TeacherSystem } from './stage.ts';
export { systemOf } from './systems.ts';
