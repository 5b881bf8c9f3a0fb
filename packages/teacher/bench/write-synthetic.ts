// Writes synthetic weights of a published system, to try the road without the real ones: tsx ... write-synthetic.ts FOLDER [system]
import { systemOf } from '../src/official/index.ts';
import type { SystemName } from '../src/weights/index.ts';
import { writeSyntheticSystem } from '../test/support/synthetic-system.ts';

const [folder, system = 'tha4'] = process.argv.slice(2);
if (folder === undefined) throw new Error('write-synthetic: expected a folder');
writeSyntheticSystem(folder, systemOf(system as SystemName).networks);
