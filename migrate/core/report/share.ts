// A share as a person reads it.

/** Whole percent, never rounded up to 100 nor down to 0 when it is not. */
export function share(part: number, whole: number): string {
  if (whole === 0) return "none to count";
  const percent = (100 * part) / whole;
  const rounded = part === whole ? 100 : Math.min(99, Math.round(percent));
  return `${part > 0 ? Math.max(1, rounded) : 0} %`;
}
