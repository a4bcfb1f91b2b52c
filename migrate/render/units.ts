// Numbers as a person reads them, with their units.

/** `40 s`, `6 min`, `62 min`, `2 h 5 min`, `3 d 4 h`: rounded up, since these are times to wait. */
export function duration(ms: number): string {
  return inUnits(ms, Math.ceil);
}

/** The same rounded down: what is said to be the least is never more than that. */
export function durationAtLeast(ms: number): string {
  return inUnits(ms, Math.floor);
}

function inUnits(ms: number, rounded: (exact: number) => number): string {
  if (ms < MINUTE_MS) return `${rounded(ms / 1000)} s`;
  const minutes = rounded(ms / MINUTE_MS);
  if (minutes < 120) return `${minutes} min`;
  if (minutes < 48 * 60) return twoParts(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = rounded(minutes / 60);
  return twoParts(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** `2026-11-22 09:14 UTC`. */
export function instant(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** `2.5`, `14.0`: one decimal, so that a column of them lines up; rounded up, so that a need never looks smaller than it is. */
export function vcpu(amount: number): string {
  return (Math.ceil(amount * 10 - ROUNDING) / 10).toFixed(1);
}

/** The first six digits of an id: enough to tell runs apart in a sentence. */
export function shortId(id: string): string {
  return id.slice(0, 6);
}

const MINUTE_MS = 60_000;
const ROUNDING = 1e-9;

function twoParts(first: number, firstUnit: string, second: number, secondUnit: string): string {
  return second === 0 ? `${first} ${firstUnit}` : `${first} ${firstUnit} ${second} ${secondUnit}`;
}
