export type { PreparedTeacher, Teacher, TeacherFrames, TeacherInfo } from './teacher.ts';
