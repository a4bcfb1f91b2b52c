// What one request and its answer say about time: when it was signed, and what AWS's clock showed when it was answered.
//
// Sources: every answer of AWS carries the Date header of RFC 9110; x-amz-date is the signing instant (Signature Version 4,
// "Elements of an AWS API request signature"). AWS refuses a signature that is more than five minutes off (documented there).

export interface Exchange {
  /** Filled in by the request handler; null until then, and where the answer did not tell. */
  signedAtMs: number | null;
  awsAtMs: number | null;
  /** This machine's clock when the answer came. */
  answeredAtMs: number | null;
}

export function newExchange(): Exchange {
  return { signedAtMs: null, awsAtMs: null, answeredAtMs: null };
}

/** How far the signature was off when AWS saw it: positive when it was old. */
export function signatureAgeMs({ signedAtMs, awsAtMs }: Exchange): number | null {
  return signedAtMs === null || awsAtMs === null ? null : awsAtMs - signedAtMs;
}

/** How far this machine's clock is behind AWS's; negative when it is ahead. To a second, as the header is. */
export function clockBehindMs({ awsAtMs, answeredAtMs }: Exchange): number | null {
  return awsAtMs === null || answeredAtMs === null ? null : awsAtMs - answeredAtMs;
}
