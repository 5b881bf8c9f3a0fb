import { defineConfig } from 'vite';
import { pageConfig } from '../../packages/page/node/page-config.ts';

export default defineConfig(pageConfig(['tensorflow', 'mediapipe']));
