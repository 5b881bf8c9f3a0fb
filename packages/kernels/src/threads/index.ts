export { CONTROL_BYTES, type Work } from './control.ts';
export { type Member, serveTeam, type ThreadPort } from './serve-team.ts';
export { soloTeam, startTeam, type Team, type ThreadHandle } from './team.ts';
