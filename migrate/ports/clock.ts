// Time as the program sees it. Everything that waits goes through here, so that a rehearsal or a test can own time.

export interface Clock {
  /** Milliseconds since the epoch, on the clock that the run lives by. */
  nowMs(): number;
  /** Resolves after `ms` on this clock, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
