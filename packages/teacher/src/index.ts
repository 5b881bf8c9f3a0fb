export { puppetTeacher } from './puppet/puppet-teacher.ts';
export { type StudentTeacherOptions, studentTeacher } from './student/student-teacher.ts';
export type { PreparedTeacher, Teacher, TeacherFrames, TeacherInfo, TeacherWindow } from './teacher.ts';
