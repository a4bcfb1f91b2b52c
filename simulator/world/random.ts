// Random numbers from a seed: the only source of chance in the simulator.
// Invariants: the same seed gives the same numbers on every machine (32-bit integer arithmetic only, besides Math.log,
// Math.cos and Math.exp for durations, whose results are rounded to whole milliseconds); streams do not disturb each other.

const UINT32 = 4294967296;

export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** A stream of its own for each (seed, label): drawing from one does not move the others. */
  constructor(seed: number, label: string) {
    const hash = hashOf(`${seed}/${label}`);
    this.a = hash;
    this.b = (hash ^ 0x9e3779b9) | 0;
    this.c = (Math.imul(hash, 0x85ebca6b) ^ seed) | 0;
    for (let round = 0; round < 12; round++) this.uint32();
  }

  /** sfc32: a whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** From 0 (included) to 1 (excluded). */
  fraction(): number {
    return this.uint32() / UINT32;
  }

  /** A whole number from 0 to `limit` - 1; `limit` must be at least 1. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  /** A whole number, log-normally distributed around `median` with a heavy right tail, within [median / 4, median * 12]. */
  heavyTailed(median: number, sigma: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.fraction())) * Math.cos(2 * Math.PI * this.fraction());
    const drawn = median * Math.exp(sigma * normal);
    return Math.round(Math.min(Math.max(drawn, median / 4), median * 12));
  }

  text(alphabet: string, length: number): string {
    // Joined, not appended: appending leaves a rope of pieces in memory, and worlds keep millions of identifiers.
    const characters = new Array<string>(length);
    for (let index = 0; index < length; index++) characters[index] = alphabet.charAt(this.below(alphabet.length));
    return characters.join("");
  }
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}
