// Whether AWS refused a request because its signature was of another time, and whose fault that is.
//
// Invariants
//   a refusal for time is certain to have done nothing
//   what was signed for the right time is never judged here: wrong credentials and missing permissions keep their own kinds
//   a right clock whose request came too late (this process was stopped on the way) is not blamed

import { span } from "../../messages/amounts";
import { clockBehindMs, type Exchange, signatureAgeMs } from "./exchange";

export interface RefusedForTime {
  readonly kind: "clock-off" | "too-late";
  readonly message: string;
}

interface Refusal {
  readonly code: string;
  readonly said: string;
  readonly exchange: Exchange;
}

/** Codes with which AWS answers a signature of another time; all but the first two have other causes too (SDK v3 has the same list). */
const CODES: readonly string[] = [
  "RequestTimeTooSkewed",
  "RequestInTheFuture",
  "RequestExpired",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "AuthFailure",
  "AccessDeniedException",
];
const CERTAIN = /^(RequestTimeTooSkewed|RequestInTheFuture)$/;
/** ECS, KMS and the others with JSON protocols, and STS: `Signature expired: …`, `Signature not yet current: …`. */
const SAYS_TIME = /signature (expired|not yet current)/i;
/** AWS's limit is five minutes; the SDK takes four for off, since its measure has the time on the way in it. */
const OFF_MS_MIN = 4 * 60_000;

/** Null when the refusal has another reason. */
export function refusedForTime({ code, said, exchange }: Refusal): RefusedForTime | null {
  if (!CODES.includes(code)) return null;
  const ageMs = signatureAgeMs(exchange);
  const isOff = ageMs !== null && Math.abs(ageMs) >= OFF_MS_MIN;
  if (!isOff && !CERTAIN.test(code) && !SAYS_TIME.test(said)) return null;
  const behindMs = clockBehindMs(exchange);
  const isClockRight = behindMs !== null && Math.abs(behindMs) < OFF_MS_MIN;
  if (isClockRight && isOff && ageMs > 0)
    return {
      kind: "too-late",
      message: `it reached AWS ${span(ageMs)} after it was signed, and was refused (${said})`,
    };
  return {
    kind: "clock-off",
    message: `${clockText(behindMs)}, so AWS refused its signature (${said}); set the clock, e.g. with timedatectl set-ntp true`,
  };
}

function clockText(behindMs: number | null): string {
  if (behindMs === null) return "this machine's clock is more than 5 minutes off";
  if (Math.abs(behindMs) < OFF_MS_MIN) return "this machine's clock was just changed";
  return `this machine's clock is ${span(Math.abs(behindMs))} ${behindMs > 0 ? "behind" : "ahead of"} AWS's`;
}
