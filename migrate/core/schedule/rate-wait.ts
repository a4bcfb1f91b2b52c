// How long a service that begins in this turn still has to wait for a rate: launches, or grants on KMS keys.
// Invariant: reckoned from the intents in the state, so that each of a batch waits for those that were sent before it.

import { NO_NEED } from "./resource";
import { type UnderWayQuestion, underWay } from "./under-way";

/** Milliseconds; 0 when it may be sent now. */
export function rateWaitMs(question: UnderWayQuestion, arn: string): number {
  const { ledger } = underWay(question);
  return ledger.waitOf(question.schedule.needs.get(arn) ?? NO_NEED)?.waitMs ?? 0;
}
