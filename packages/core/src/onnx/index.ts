export {
  exportBodyMorpherOnnx,
  exportFaceMorpherOnnx,
  exportStudentOnnx,
  type OnnxExportOptions,
} from './export-student.ts';
