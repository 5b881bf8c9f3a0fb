export { exportBodyMorpherOnnx, exportFaceMorpherOnnx, exportStudentOnnx } from './export-student.ts';
export type { Recorded } from './onnx-ops.ts';
export { type DeclareInput, type OnnxExportOptions, recordModel, weightConstants } from './record-model.ts';
