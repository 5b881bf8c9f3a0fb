/** Lets the page's other work run; at once, not after the four milliseconds that nested timers take. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Waits until the GPU has done everything asked so far, without blocking the thread.
 *
 * @returns false when the context was lost
 */
export async function waitForGpu(gl: WebGL2RenderingContext): Promise<boolean> {
  const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (sync === null) return false;
  gl.flush();
  for (;;) {
    // A timer that a message handler sets is not nested, so it comes after one millisecond, not four.
    await nextTask();
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (gl.isContextLost()) return false;
    const status = gl.clientWaitSync(sync, 0, 0);
    if (status === gl.WAIT_FAILED) return false;
    if (status !== gl.TIMEOUT_EXPIRED) break;
  }
  gl.deleteSync(sync);
  return true;
}
