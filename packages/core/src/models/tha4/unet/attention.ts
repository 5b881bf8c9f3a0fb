import { normSpec } from '../../blocks/norm.ts';
import type { Run } from '../../run.ts';
import { dense, layerSpec, unetNorm } from './layers.ts';

export function unetAttentionSpec(spec: Map<string, readonly number[]>, key: string, channels: number): void {
  const own = ownKey(key);
  normSpec(spec, `${own}.norm`, channels);
  layerSpec(spec, `${own}.qkv`, [channels, 3 * channels]);
  layerSpec(spec, `${own}.conv`, [channels, channels]);
}

/** `x + conv(attention(qkv(norm(x))))`: queries, keys and values are cut first, heads second ("new order"). */
export function unetAttention<T>(run: Run<T>, key: string, x: T, heads: number): T {
  const { ops } = run;
  const own = ownKey(key);
  const y = ops.tidy(() => {
    const c = ops.shape(x)[3]!;
    const parts = ops.split(dense(run, `${own}.qkv`, unetNorm(run, `${own}.norm`, x)), [c, c, c]);
    const [query, keys, value] = parts as [T, T, T];
    return ops.add(x, dense(run, `${own}.conv`, ops.attention(query, keys, value, heads)));
  });
  run.observe?.(key, y);
  return y;
}

/** In the middle, the original wraps each attention in a module of its own. */
function ownKey(key: string): string {
  return key.includes('.middle_blocks.') ? `${key}.module` : key;
}
