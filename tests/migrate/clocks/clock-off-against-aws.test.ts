// A machine whose clock differs from AWS's, with the real SDK in front: what is refused for its time, what is sent again, what is said.

import assert from "node:assert/strict";
import { type OpenedAws, openAws } from "../../../migrate/adapters/aws/open-aws";
import { toAwsFailure } from "../../../migrate/adapters/aws/to-aws-failure";
import { awsFailureError } from "../../../migrate/drive/aws-failure-error";
import { AwsFailure } from "../../../migrate/ports/aws-failure";
import { withEnvironment } from "../adapters-aws/with-environment";
import { createJumpingClock } from "../pacing/jumping-clock";
import { type SkewedAws, type SkewedAwsOptions, startSkewedAws } from "./skewed-aws";

const MINUTE_MS = 60_000;
const CALL = { service: "ecs", operation: "UpdateService", mutating: true } as const;
const CLUSTER = "arn:aws:ecs:eu-west-1:111122223333:cluster/pay";

describe("a clock that is off against AWS", () => {
  let skewed: SkewedAws | null = null;
  let aws: OpenedAws | null = null;
  let restore = (): void => undefined;

  before(() => {
    restore = withEnvironment({ AWS_ACCESS_KEY_ID: "111122223333", AWS_SECRET_ACCESS_KEY: "any" });
  });

  after(() => restore());

  afterEach(async () => {
    aws?.close();
    await skewed?.close();
  });

  async function opened(options: SkewedAwsOptions): Promise<{ aws: OpenedAws; skewed: SkewedAws }> {
    skewed = await startSkewedAws(options);
    aws = await openAws({ region: "eu-west-1", endpoint: skewed.endpoint, clock: createJumpingClock() });
    return { aws, skewed };
  }

  for (const [title, aheadMs] of [
    ["behind", 17 * MINUTE_MS],
    ["ahead", -17 * MINUTE_MS],
  ] as const) {
    it(`${title}: a read is refused once and then passes, signed by AWS's time`, async () => {
      const { aws, skewed } = await opened({ aheadMs: () => aheadMs });
      assert.deepEqual(await aws.ecs.listClusters(), []);
      assert.deepEqual([skewed.refused, skewed.acted], [["ListClusters"], ["ListClusters"]]);
    });

    it(`${title}: a redeployment that was refused for its time did nothing, and is sent again`, async () => {
      const { aws, skewed } = await opened({ aheadMs: () => aheadMs });
      await aws.ecs.forceNewDeployment({ clusterArn: CLUSTER, service: "api" });
      assert.deepEqual([skewed.refused, skewed.acted], [["UpdateService"], ["UpdateService"]]);
    });
  }

  for (const code of ["AccessDeniedException", "SignatureDoesNotMatch", "AuthFailure", "RequestExpired"])
    it(`is seen behind ${code} too, where AWS does not say that it is about time`, async () => {
      const { aws, skewed } = await opened({ aheadMs: () => 17 * MINUTE_MS, code });
      assert.deepEqual(await aws.ecs.listClusters(), []);
      assert.equal(skewed.refused.length, 1);
    });

  it("is told by how much and what to do, when AWS's time cannot be learned", async () => {
    let toldAheadMs = 17 * MINUTE_MS;
    // The Date header is another one with every answer, as behind a broken proxy.
    const nextTold = (): number => {
      toldAheadMs += 40 * MINUTE_MS;
      return toldAheadMs;
    };
    const { aws, skewed } = await opened({ aheadMs: () => 17 * MINUTE_MS, toldAheadMs: nextTold });
    const failure = await aws.ecs.listClusters().then(
      () => assert.fail("it passed"),
      (error: unknown) => error,
    );
    assert.ok(failure instanceof AwsFailure);
    assert.deepEqual([failure.kind, failure.mayHaveActed, skewed.acted], ["clock-off", false, []]);
    assert.match(failure.message, /^ecs:ListClusters: this machine's clock is 3 h 3\d m behind AWS's, so /);
    assert.match(failure.message, /; set the clock, e\.g\. with timedatectl set-ntp true$/);
    const error = awsFailureError(failure);
    assert.deepEqual([error.code, error.owner, error.exitCode], ["clock-off", "operator", 4]);
  });

  it("follows a clock that is set right while the program runs", async () => {
    let aheadMs = 17 * MINUTE_MS;
    const { aws, skewed } = await opened({ aheadMs: () => aheadMs });
    await aws.ecs.listClusters();
    aheadMs = 0;
    await aws.ecs.listClusters();
    assert.deepEqual([skewed.refused.length, skewed.acted.length], [2, 2]);
  });
});

describe("a refusal", () => {
  const said = (name: string, message = "no") => ({ name, message, $metadata: { httpStatusCode: 400 } });
  const signedRight = { signedAtMs: 1_000_000, awsAtMs: 1_001_000, answeredAtMs: 1_001_000 };
  const clockRightAndLate = { signedAtMs: 1_000_000, awsAtMs: 1_900_000, answeredAtMs: 1_900_000 };

  for (const [code, kind] of [
    ["AccessDeniedException", "denied"],
    ["InvalidSignatureException", "expired-credentials"],
    ["AuthFailure", "expired-credentials"],
    ["RequestExpired", "expired-credentials"],
    ["ExpiredTokenException", "expired-credentials"],
  ] as const) {
    it(`${code} of what was signed for the right time is ${kind}, also on a machine whose clock is off`, () => {
      const clockOff = { ...signedRight, answeredAtMs: signedRight.awsAtMs - 3_600_000 };
      assert.equal(toAwsFailure(said(code), CALL, signedRight).kind, kind);
      assert.equal(toAwsFailure(said(code), CALL, clockOff).kind, kind);
    });
  }

  for (const code of ["RequestTimeTooSkewed", "RequestInTheFuture"])
    it(`${code} is the clock's, whatever else is known`, () => {
      const failure = toAwsFailure(said(code), CALL);
      assert.deepEqual([failure.kind, failure.mayHaveActed], ["clock-off", false]);
    });

  it("says what STS says in its own words", () => {
    const words = "Signature not yet current: 20261122T151500Z is still later than 20261122T150500Z";
    assert.equal(toAwsFailure(said("SignatureDoesNotMatch", words), CALL).kind, "clock-off");
  });

  it("does not blame a right clock for a request that came late because this process was stopped on the way", () => {
    const failure = toAwsFailure(said("InvalidSignatureException", "Signature expired: x"), CALL, clockRightAndLate);
    assert.deepEqual([failure.kind, failure.mayHaveActed], ["throttled", false]);
    assert.match(failure.message, /reached AWS 15 m 00 s after it was signed/);
  });
});
