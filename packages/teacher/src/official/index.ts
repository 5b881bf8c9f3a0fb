export { officialTeacher } from './official-teacher.ts';
export { PreparedOfficial, stepSource } from './prepared.ts';
export { type ReadSystem, readSystem, type SystemWeights } from './read-weights.ts';
export { FRAME_OUTPUTS, type FrameOutput, type Step, type TeacherSystem } from './system.ts';
export { systemOf } from './systems.ts';
