import { describeShared } from '@tha4/test-utils';
import { THA4_NETWORKS } from '../src/models/tha4/networks.ts';
import { THA4_STAGES } from '../src/models/tha4/stages.ts';
import { testFullFamily } from './support/full-family.ts';
import { characterTensor } from './support/full-networks.ts';

describeShared('THA4 at full size, synthetic weights, on onnxruntime', () => {
  testFullFamily({
    name: 'THA4',
    networks: THA4_NETWORKS,
    stages: THA4_STAGES,
    folder: 'teacher',
    pipeline: 'pipeline_mode_07',
    outputs: 33,
    inputs: 'tha4',
    image: characterTensor(),
  });
});
