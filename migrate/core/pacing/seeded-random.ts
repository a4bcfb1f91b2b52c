// Numbers that look random and repeat with their seed, for jitter only: never for a secret.
// The generator is mulberry32, a 32-bit counter with a mixing function; its period is far longer than any run needs.

export interface RandomDraw {
  /** Between 0 (included) and 1 (excluded). */
  readonly value: number;
  /** The seed of the next draw. */
  readonly next: number;
}

export function drawRandom(seed: number): RandomDraw {
  const next = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(next ^ (next >>> 15), 1 | next);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return { value: ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296, next };
}
