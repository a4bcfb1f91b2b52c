// Time as the program sees it. Everything that waits goes through here, so that a rehearsal or a test can own time.
//
// Invariant: a clock never runs backwards. What a clock cannot do is left out of it, and is then not needed there.

export interface Clock {
  /** Milliseconds since the epoch, on the clock that the run lives by. */
  nowMs(): number;
  /** Resolves after `ms` on this clock, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * As sleep, for what goes on beside the work: it keeps no process alive, and where sleeping is what moves time it only waits
   * for the others to move it. May be late. Left out where nothing goes on beside the work.
   */
  lapse?(ms: number, signal?: AbortSignal): Promise<void>;
  /** The jumps that ended after an instant of this clock, the oldest first. Left out of a clock that cannot jump. */
  jumpsAfter?(instantMs: number): readonly ClockJump[];
  /** Puts the clock ahead where it is behind an instant, and gives back by how much; 0 where it was not behind. */
  notBefore?(instantMs: number): number;
}

/** Time that passed while nobody here could see it pass, or a change of the machine's clock. */
export interface ClockJump {
  /** `set-back` is only told: the clock of the run goes on at its own pace. */
  readonly kind: "slept" | "set-forward" | "set-back";
  readonly byMs: number;
  /** The first instant of this clock after the jump. */
  readonly atMs: number;
}
