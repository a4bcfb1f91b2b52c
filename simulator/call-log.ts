// How often each operation was called, refused for its rate, and failed: what a test or a person asks about the traffic.

import type { Call } from "./world/call";

export interface CallCount {
  readonly calls: number;
  /** Refused with the error for "too many", by a bucket or by a fault. */
  readonly throttled: number;
  /** Answered with any error, throttled ones included, or not answered at all. */
  readonly failed: number;
}

export interface CallCounts extends CallCount {
  /** By `service:Operation`, in alphabetical order. */
  readonly byOperation: Readonly<Record<string, CallCount>>;
}

export type CallEnd = "ok" | "throttled" | "failed";

export class CallLog {
  readonly #counts = new Map<string, CallCount>();

  add({ service, operation }: Call, end: CallEnd): void {
    const name = `${service}:${operation}`;
    this.#counts.set(name, plus(this.#counts.get(name) ?? NONE, ONE[end]));
  }

  counts(): CallCounts {
    const entries = [...this.#counts].toSorted(([left], [right]) => (left < right ? -1 : 1));
    return { ...entries.reduce((sum, [, count]) => plus(sum, count), NONE), byOperation: Object.fromEntries(entries) };
  }
}

const NONE: CallCount = { calls: 0, throttled: 0, failed: 0 };

const ONE: Readonly<Record<CallEnd, CallCount>> = {
  ok: { calls: 1, throttled: 0, failed: 0 },
  throttled: { calls: 1, throttled: 1, failed: 1 },
  failed: { calls: 1, throttled: 0, failed: 1 },
};

function plus(left: CallCount, right: CallCount): CallCount {
  return {
    calls: left.calls + right.calls,
    throttled: left.throttled + right.throttled,
    failed: left.failed + right.failed,
  };
}
