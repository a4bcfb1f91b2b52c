// The bounds of how a run looks at keys and gates. Times are milliseconds on the run's clock.

export const KEY_LIMITS = {
  /**
   * The last look at a key before services are sent after it may be this old. What it misses shows within a minute, as tasks that
   * cannot start.
   */
  lookAgeMaxMs: 5 * 60_000,
  /** Between looks at a key that is in trouble. */
  heldLookMs: 60_000,
  /** A key that was wrong must look right for so long: policies and key states take up to five minutes to be in force (documented). */
  rightForMs: 5 * 60_000,
  /** A run that has nothing to do but to wait for a key gives up after this, and can be taken up again. */
  holdWaitMaxMs: 60 * 60_000,
  /** The last look at the alarms of a gate may be this old when a wave opens. */
  gateLookAgeMaxMs: 30_000,
} as const;
