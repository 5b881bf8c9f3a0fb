export { createPuppet, type FrameTarget, type Puppet, posePuppet } from './puppet.ts';
export { puppetTeacher } from './puppet-teacher.ts';
