// An instant as the AWS CLI writes it: ISO 8601 with an offset (version 2), seconds since 1970 with a fraction (version 1), or,
// out of other tools, milliseconds.
// Invariant: a time without an offset is no instant: whose clock it was on is nowhere said.

/** A Unix time in milliseconds, or null. */
export function instantMsOf(value: unknown): number | null {
  const ms = typeof value === "number" ? epochMsOf(value) : typeof value === "string" ? textMsOf(value.trim()) : null;
  return ms !== null && ms >= EARLIEST_MS && ms < LATEST_MS ? ms : null;
}

/** AWS is younger than the one, and a date after the other is a slip of units. */
const EARLIEST_MS = Date.UTC(2006, 0, 1);
const LATEST_MS = Date.UTC(2200, 0, 1);
/** As seconds this is the year 5138. */
const MILLISECONDS_FROM = 1e11;

function epochMsOf(value: number): number {
  return Math.round(value >= MILLISECONDS_FROM ? value : value * 1_000);
}

function textMsOf(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return epochMsOf(Number(text));
  const [, date, time, offset] = ISO.exec(text) ?? [];
  if (date === undefined || time === undefined || offset === undefined) return null;
  const ms = Date.parse(`${date}T${time}${offset.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2")}`);
  return Number.isNaN(ms) ? null : ms;
}

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:?\d\d)$/;
