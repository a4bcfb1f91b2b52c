import assert from "node:assert/strict";
import { PACING_LIMITS } from "../../../migrate/core/pacing/pacing-limits";
import { createPacedGate } from "../../../migrate/drive/paced-gate";
import { AwsFailure, type AwsFailureKind } from "../../../migrate/ports/aws-failure";
import type { CallDescription, CallGate } from "../../../migrate/ports/call-gate";
import type { Clock } from "../../../migrate/ports/clock";
import { createJumpingClock } from "./jumping-clock";

const UPDATE_SERVICE: CallDescription = { service: "ecs", operation: "UpdateService", mutating: true };
const DESCRIBE_SERVICES: CallDescription = { service: "ecs", operation: "DescribeServices", mutating: false };

describe("the paced gate", () => {
  it("lets the share of AWS's burst through at once and paces the rest at the share of its rate", async () => {
    const { clock, gate } = opened({ share: 0.5 });
    const startMs = clock.nowMs();
    await Promise.all(times(35, () => gate.pass(UPDATE_SERVICE, answer)));
    // UpdateService: 50 burst, 5 a second. Half: 25 at once, then 10 more at 2.5 a second.
    assert.equal(clock.nowMs() - startMs, 4_000);
    assert.deepEqual(gate.counts(), { byOperation: { "ecs:UpdateService": 35 }, total: 35, throttled: 0 });
  });

  it("serves those who wait in the order in which they came", async () => {
    const { gate } = opened({ share: 0.02 });
    const served: number[] = [];
    await Promise.all(
      times(12, (index) =>
        gate.pass(UPDATE_SERVICE, async () => {
          served.push(index);
        }),
      ),
    );
    assert.deepEqual(
      served,
      times(12, (index) => index),
    );
  });

  it("keeps the buckets apart: a used up one does not hold up another operation", async () => {
    const { clock, gate } = opened({ share: 0.02 });
    const startMs = clock.nowMs();
    const slow = Promise.all(times(5, () => gate.pass(UPDATE_SERVICE, answer)));
    await gate.pass(DESCRIBE_SERVICES, answer);
    assert.equal(clock.nowMs(), startMs);
    await slow;
    assert.ok(clock.nowMs() - startMs >= 40_000);
  });

  it("sends a throttled call again until it passes, and slows its bucket down", async () => {
    const { clock, gate } = opened({});
    const startMs = clock.nowMs();
    const { attempt, sent } = failing("throttled", 3);
    assert.equal(await gate.pass(UPDATE_SERVICE, attempt), "done");
    assert.equal(sent(), 4);
    assert.equal(gate.counts().throttled, 3);
    // Three cuts of 2.5 a second at most, each with an empty bucket.
    assert.ok(clock.nowMs() - startMs >= 3 * 400);
  });

  for (const kind of ["server", "reset", "timeout"] as const) {
    it(`sends a mutating call exactly once when it ends in ${kind}`, async () => {
      const { gate } = opened({});
      const { attempt, sent } = failing(kind, 1);
      await assert.rejects(gate.pass(UPDATE_SERVICE, attempt), { kind, mayHaveActed: true });
      assert.equal(sent(), 1);
      assert.equal(gate.counts().total, 1);
    });

    it(`sends a read again when it ends in ${kind}`, async () => {
      const { gate } = opened({});
      const { attempt, sent } = failing(kind, 2);
      assert.equal(await gate.pass(DESCRIBE_SERVICES, attempt), "done");
      assert.equal(sent(), 3);
    });
  }

  it("gives a read up after its last attempt, with the last failure", async () => {
    const { gate } = opened({});
    const { attempt, sent } = failing("server", Number.POSITIVE_INFINITY);
    await assert.rejects(gate.pass(DESCRIBE_SERVICES, attempt), { kind: "server" });
    assert.equal(sent(), PACING_LIMITS.failedAttemptsMax);
  });

  it("lets nothing leave whose latest instant passed on its way to the network, and does not count it as sent", async () => {
    const { clock, gate } = opened({});
    const left: number[] = [];
    const slowToLeave = async (_: AbortSignal, lastCheck: () => void): Promise<void> => {
      await clock.sleep(10_000);
      lastCheck();
      left.push(clock.nowMs());
    };
    const call = { ...UPDATE_SERVICE, notAfterMs: clock.nowMs() + 5_000 };
    await assert.rejects(gate.pass(call, slowToLeave), { kind: "throttled", code: "NotSent", mayHaveActed: false });
    assert.deepEqual([left, gate.counts()], [[], { byOperation: {}, total: 0, throttled: 0 }]);
    await gate.pass({ ...call, notAfterMs: clock.nowMs() + 15_000 }, slowToLeave);
    assert.deepEqual([left.length, gate.counts().total], [1, 1]);
  });

  it("sends again what was refused because the clock is off, mutating or not: it did nothing", async () => {
    const { gate } = opened({});
    const { attempt, sent } = failing("clock-off", 1);
    assert.equal(await gate.pass(UPDATE_SERVICE, attempt), "done");
    assert.equal(sent(), 2);
  });

  it("aborts an attempt that is not answered in time and says that AWS may have acted", async () => {
    const { clock, gate } = opened({});
    const startMs = clock.nowMs();
    let aborted = false;
    const hanging = (signal: AbortSignal): Promise<never> =>
      new Promise(() => {
        signal.addEventListener("abort", () => {
          aborted = true;
        });
      });
    await assert.rejects(gate.pass(UPDATE_SERVICE, hanging), { kind: "timeout", mayHaveActed: true });
    assert.equal(clock.nowMs() - startMs, PACING_LIMITS.requestTimeoutMs);
    assert.ok(aborted);
    assert.equal(gate.counts().total, 1);
  });

  it("lets time-outs pass on the network's clock when it is given one", async () => {
    const clock = createJumpingClock();
    const requestClock = createJumpingClock();
    const gate = createPacedGate({ clock, requestClock, seed: 1 });
    const startMs = clock.nowMs();
    await assert.rejects(
      gate.pass(UPDATE_SERVICE, () => new Promise(() => undefined)),
      { kind: "timeout" },
    );
    assert.equal(clock.nowMs(), startMs);
  });

  it("drops the late outcome of an attempt that timed out", async () => {
    const { clock, gate } = opened({});
    const late = async (): Promise<never> => {
      await clock.sleep(PACING_LIMITS.requestTimeoutMs + 1_000);
      throw new Error("too late to matter");
    };
    await assert.rejects(gate.pass(UPDATE_SERVICE, late), { kind: "timeout" });
    await clock.sleep(5_000);
  });

  it("hands on what is no failure of AWS without another attempt", async () => {
    const { gate } = opened({});
    let sent = 0;
    const broken = async (): Promise<never> => {
      sent += 1;
      throw new TypeError("a mistake of ours");
    };
    await assert.rejects(gate.pass(DESCRIBE_SERVICES, broken), TypeError);
    assert.equal(sent, 1);
  });

  it("waits the same with the same seed", async () => {
    const spent = async (seed: number): Promise<number> => {
      const clock = createJumpingClock();
      const gate = createPacedGate({ clock, seed });
      await gate.pass(DESCRIBE_SERVICES, failing("server", 4).attempt);
      return clock.nowMs();
    };
    assert.equal(await spent(3), await spent(3));
    assert.notEqual(await spent(3), await spent(4));
  });

  it("brings every call through while a neighbour takes half of the bucket", async () => {
    const { clock, gate } = opened({ share: 1 });
    const admit = bucketOfAws(clock, { burst: 25, perSecond: 2.5 });
    const throttledOr = async (): Promise<string> => {
      if (admit()) return "done";
      throw failure("throttled");
    };
    const results = await Promise.all(times(200, () => gate.pass(UPDATE_SERVICE, throttledOr)));
    assert.equal(results.length, 200);
    assert.ok(gate.counts().throttled > 0);
    assert.ok(gate.counts().throttled < 200, `${gate.counts().throttled} throttled`);
  });
});

interface Opened {
  readonly clock: Clock;
  readonly gate: CallGate;
}

function opened({ share }: { readonly share?: number }): Opened {
  const clock = createJumpingClock();
  return { clock, gate: createPacedGate({ clock, seed: 1, ...(share === undefined ? {} : { share }) }) };
}

async function answer(): Promise<string> {
  return "done";
}

function failing(kind: AwsFailureKind, failures: number) {
  let sent = 0;
  const attempt = async (): Promise<string> => {
    sent += 1;
    if (sent <= failures) throw failure(kind);
    return "done";
  };
  return { attempt, sent: () => sent };
}

function failure(kind: AwsFailureKind): AwsFailure {
  return new AwsFailure({ kind, operation: "ecs:Test", code: kind, message: kind });
}

/** AWS's side: a bucket that refuses without taking a token. */
function bucketOfAws(clock: Clock, { burst, perSecond }: { burst: number; perSecond: number }): () => boolean {
  let tokens = burst;
  let asOfMs = clock.nowMs();
  return () => {
    tokens = Math.min(burst, tokens + ((clock.nowMs() - asOfMs) / 1_000) * perSecond);
    asOfMs = clock.nowMs();
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
