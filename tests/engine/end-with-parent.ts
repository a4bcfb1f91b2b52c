// Ends this process when the one that started it is gone: the engine starts plugins in groups of their own, so nothing else would.

const LOOK_EVERY_MS = 500;

/** Calls `before` and exits once the parent has changed. Keeps the process alive for no longer than it would be anyway. */
export function endWithParent(before: () => void = () => {}): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid === parent) return;
    before();
    process.exit(1);
  }, LOOK_EVERY_MS).unref();
}
