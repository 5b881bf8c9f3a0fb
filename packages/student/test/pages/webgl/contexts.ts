/** Every WebGL2 context that the page has opened, so that a test can take one away. */
export const contexts: WebGL2RenderingContext[] = [];

for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
  const original = prototype.getContext as (...parameters: unknown[]) => RenderingContext | null;
  Object.assign(prototype, {
    getContext(this: HTMLCanvasElement | OffscreenCanvas, ...parameters: unknown[]): RenderingContext | null {
      const context = original.apply(this, parameters);
      if (context instanceof WebGL2RenderingContext && !contexts.includes(context)) contexts.push(context);
      return context;
    },
  });
}

/** Loses the newest context as a driver's restart does. @param restoreAfterMs `null`: it stays lost */
export function loseLastContext(restoreAfterMs: number | null): void {
  const extension = contexts.at(-1)!.getExtension('WEBGL_lose_context')!;
  extension.loseContext();
  if (restoreAfterMs !== null) setTimeout(() => extension.restoreContext(), restoreAfterMs);
}
