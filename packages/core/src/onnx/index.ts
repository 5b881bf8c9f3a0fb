export { exportBodyMorpherOnnx, exportFaceMorpherOnnx, exportStudentOnnx } from './export-student.ts';
export { type DeclareInput, type OnnxExportOptions, recordModel, weightConstants } from './record-model.ts';
export { networkConstants, type RecordNetworkOptions, recordNetwork, recordStage } from './record-network.ts';
export type { Recorded } from './recorder.ts';
