import assert from "node:assert/strict";
import { ACCOUNT, goodPolicy, MINUTE, REGION, SECOND, SmallWorld, withKey } from "./small-world";

// biome-ignore lint/suspicious/noExplicitAny: the texts of events are read by the names that CloudTrail gives their members.
type Told = any;

interface Shown {
  readonly EventId: string;
  readonly EventName: string;
  readonly EventTime: Date;
  readonly ReadOnly: string;
  readonly CloudTrailEvent: string;
  readonly Resources: readonly { readonly ResourceName: string }[];
}

function keyed(more: Readonly<Record<string, unknown>> = {}): { small: SmallWorld; key: string } {
  const small = new SmallWorld();
  const key = small.goodKey("pay");
  small.cluster("pay", key);
  small.create("pay", "api", more);
  return { small, key };
}

function lookUp(small: SmallWorld, input: Readonly<Record<string, unknown>> = {}): readonly Shown[] {
  const shown: Shown[] = [];
  let NextToken: string | undefined;
  for (let pages = 0; pages < 100; pages++) {
    const page = small.call("cloudtrail", "LookupEvents", { ...input, ...(NextToken ? { NextToken } : {}) });
    shown.push(...page.Events);
    NextToken = page.NextToken;
    if (NextToken === undefined) return shown;
  }
  return shown;
}

function textsOf(shown: readonly Shown[]): readonly Told[] {
  return shown.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent));
}

function by(AttributeKey: string, AttributeValue: string) {
  return { LookupAttributes: [{ AttributeKey, AttributeValue }] };
}

/** Everything is there after a quarter of an hour. */
const DELIVERED = 15 * MINUTE;

describe("the simulated event history", () => {
  describe("23a a keyed launch leaves dry runs and, two seconds later, real calls in the event history, and its stop a retired grant", () => {
    it("as the samples of AWS tell them", () => {
      const { small, key } = keyed({ desiredCount: 1 });
      small.pass(DELIVERED + 2 * MINUTE);
      const texts = textsOf(lookUp(small)).toReversed();
      assert.deepEqual(
        texts.map(({ eventName, errorCode = null }) => [eventName, errorCode]),
        [
          ["GenerateDataKeyWithoutPlaintext", "DryRunOperationException"],
          ["CreateGrant", "DryRunOperationException"],
          ["GenerateDataKeyWithoutPlaintext", null],
          ["CreateGrant", null],
        ],
      );
      const [dryKey, dryGrant, realKey, realGrant] = texts;
      const invokedBy = texts.map(({ userIdentity }) => userIdentity.invokedBy);
      const [fargate, ec2] = ["fargate.amazonaws.com", "ec2-frontend-api.amazonaws.com"];
      assert.deepEqual(invokedBy, [fargate, fargate, ec2, ec2]);
      const place = { "aws:ecs:clusterAccount": ACCOUNT, "aws:ecs:clusterName": "pay" };
      const context = { ...place, "aws:ebs:id": realKey.requestParameters.encryptionContext["aws:ebs:id"] };
      assert.match(context["aws:ebs:id"], /^vol-[0-9a-f]{17}$/);
      const dataKey = { numberOfBytes: 64, keyId: key };
      assert.deepEqual(dryKey.requestParameters, { ...dataKey, encryptionContext: place, dryRun: true });
      assert.deepEqual(realKey.requestParameters, { ...dataKey, encryptionContext: context });
      const grant = { keyId: key, granteePrincipal: `fargate.${REGION}.amazonaws.com`, operations: ["Decrypt"] };
      const subset = { encryptionContextSubset: place };
      assert.deepEqual(dryGrant.requestParameters, { ...grant, constraints: subset, dryRun: true });
      assert.deepEqual(realGrant.requestParameters, {
        ...grant,
        constraints: { encryptionContextSubset: context },
        retiringPrincipal: `ec2.${REGION}.amazonaws.com`,
      });
      const [held] = small.kms("ListGrants", { KeyId: key }).Grants;
      assert.deepEqual(realGrant.responseElements, { grantId: held.GrantId, keyId: key });
      assert.deepEqual(realKey.resources, [{ accountId: "AWS Internal", type: "AWS::KMS::Key", ARN: key }]);
      assert.deepEqual(
        texts.map(({ readOnly }) => readOnly),
        [true, false, true, false],
      );
      const gapMs = Date.parse(realKey.eventTime) - Date.parse(dryKey.eventTime);
      assert.ok(gapMs >= SECOND && gapMs <= 3 * SECOND, `${gapMs} ms`);
    });

    it("with the grant's id beside the request, which is null, when the volume is gone", () => {
      const { small, key } = keyed({ desiredCount: 1 });
      small.pass(5 * MINUTE);
      const [held] = small.kms("ListGrants", { KeyId: key }).Grants;
      small.ecs("StopTask", { cluster: "pay", task: small.listedTasks("pay", "api")[0]?.taskArn });
      small.pass(DELIVERED + 5 * MINUTE);
      const [retired, ...others] = textsOf(lookUp(small, by("EventName", "RetireGrant")));
      assert.deepEqual(others, []);
      assert.equal(retired.requestParameters, null);
      assert.deepEqual(retired.additionalEventData, { grantId: held.GrantId });
      assert.deepEqual(retired.responseElements, { keyId: key });
      assert.equal(retired.userIdentity.invokedBy, "AWS Internal");
    });

    it("up to the call that is refused, with the error", () => {
      const { small, key } = keyed({ desiredCount: 0 });
      const closed = JSON.parse(goodPolicy(["pay"]));
      const lists = { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": CONTEXT_OF_DRY_RUNS } };
      for (const statement of closed.Statement.slice(1)) Object.assign(statement.Condition, lists);
      small.inject({ kind: "key-policy-replaced", key, policy: JSON.stringify(closed) });
      small.ecs("UpdateService", { cluster: "pay", service: "api", desiredCount: 1 });
      small.until(() => small.view("pay", "api").tasks.some(({ stopCode }) => stopCode === "TaskFailedToStart"));
      const firstTryMs = small.nowMs;
      small.pass(DELIVERED + MINUTE);
      const first = { EndTime: new Date(firstTryMs), ...by("EventSource", "kms.amazonaws.com") };
      const calls = textsOf(lookUp(small, first)).filter(({ userIdentity }) => userIdentity.type === "AWSService");
      assert.deepEqual(
        calls.toReversed().map(({ eventName, errorCode }) => [eventName, errorCode]),
        [
          ["GenerateDataKeyWithoutPlaintext", "DryRunOperationException"],
          ["CreateGrant", "DryRunOperationException"],
          ["GenerateDataKeyWithoutPlaintext", "AccessDenied"],
        ],
      );
    });

    it("in both accounts when the key is another one's, and in the caller's alone when refused", () => {
      const small = new SmallWorld();
      const owner = { account: "444455556666", region: REGION, principalArn: "arn:aws:iam::444455556666:role/keys" };
      const made = small.reply(
        "kms",
        "CreateKey",
        { Policy: goodPolicy(["pay"]), BypassPolicyLockoutSafetyCheck: true },
        owner,
      );
      const key = String(made.kind === "ok" && (made.output.KeyMetadata as { Arn: string }).Arn);
      const seenByOwner = (): number => {
        const seen = small.reply("cloudtrail", "LookupEvents", by("ResourceType", "AWS::KMS::Key"), owner);
        return seen.kind === "ok" ? (seen.output.Events as readonly unknown[]).length : -1;
      };
      small.cluster("pay", key);
      small.create("pay", "api", { desiredCount: 1 });
      small.pass(DELIVERED + 5 * MINUTE);
      assert.deepEqual([lookUp(small).length, seenByOwner()], [4, 4]);
      small.inject({ kind: "organisation-denies-key", account: owner.account, region: REGION });
      small.ecs("StopTask", { cluster: "pay", task: small.listedTasks("pay", "api")[0]?.taskArn });
      small.pass(DELIVERED + 5 * MINUTE);
      assert.ok(textsOf(lookUp(small)).some(({ errorCode }) => errorCode === "AccessDenied"));
      assert.equal(seenByOwner(), 5, "the retired grant came to it");
    });

    it("and nothing for tasks without a key", () => {
      const small = new SmallWorld();
      small.cluster("bare");
      small.create("bare", "web");
      small.pass(DELIVERED + 5 * MINUTE);
      assert.deepEqual(lookUp(small), []);
    });
  });

  describe("24 the event history has pages of 50, the newest first, by one attribute, and shows an event minutes after its call", () => {
    it("page by page, none twice and none left out", () => {
      const { small } = keyed({ desiredCount: 40 });
      small.pass(DELIVERED + 5 * MINUTE);
      const first = small.call("cloudtrail", "LookupEvents");
      assert.equal(first.Events.length, 50);
      const all = lookUp(small);
      assert.equal(all.length, 160);
      assert.equal(new Set(all.map(({ EventId }) => EventId)).size, 160);
      const times = all.map(({ EventTime }) => EventTime.getTime());
      assert.deepEqual(
        times,
        times.toSorted((a, b) => b - a),
      );
    });

    it("by name, key, source, kind, id and time, one attribute at a time", () => {
      const { small, key } = keyed({ desiredCount: 3 });
      small.pass(DELIVERED + 5 * MINUTE);
      const all = lookUp(small);
      assert.equal(lookUp(small, by("EventName", "CreateGrant")).length, 6);
      assert.equal(lookUp(small, by("ReadOnly", "true")).length, 6);
      assert.equal(lookUp(small, by("ResourceName", key)).length, 12);
      assert.equal(lookUp(small, by("ResourceType", "AWS::KMS::Key")).length, 12);
      assert.equal(lookUp(small, by("EventSource", "ecs.amazonaws.com")).length, 0);
      assert.equal(lookUp(small, by("Username", "operator")).length, 0);
      assert.deepEqual(lookUp(small, by("EventId", all[4]?.EventId ?? "")), [all[4]]);
      const StartTime = all[5]?.EventTime ?? new Date(0);
      const since = lookUp(small, { StartTime });
      assert.deepEqual(
        since,
        all.filter(({ EventTime }) => EventTime >= StartTime),
      );
      assert.ok(since.length < all.length);
      assert.deepEqual(lookUp(small, { EndTime: new Date(StartTime.getTime() - 1_000) }), all.slice(since.length));
    });

    it("refuses two attributes, other sizes, times the wrong way round, and tokens of other questions", () => {
      const { small } = keyed({ desiredCount: 20 });
      small.pass(DELIVERED + 5 * MINUTE);
      const codeOf = (input: Readonly<Record<string, unknown>>) =>
        small.refused("cloudtrail", "LookupEvents", input).code;
      const two = [...by("EventName", "a").LookupAttributes, ...by("ReadOnly", "true").LookupAttributes];
      assert.equal(codeOf({ LookupAttributes: two }), "InvalidLookupAttributesException");
      for (const MaxResults of [0, 51]) assert.equal(codeOf({ MaxResults }), "InvalidMaxResultsException");
      const reversed = { StartTime: new Date(2_000), EndTime: new Date(1_000) };
      assert.equal(codeOf(reversed), "InvalidTimeRangeException");
      const { NextToken } = small.call("cloudtrail", "LookupEvents");
      assert.equal(codeOf({ NextToken, ...by("ReadOnly", "true") }), "InvalidNextTokenException");
      assert.equal(codeOf({ NextToken: "nonsense" }), "InvalidNextTokenException");
    });

    it("not at once, and all of it after a quarter of an hour", () => {
      const { small } = keyed({ desiredCount: 30 });
      small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
      const early = lookUp(small).length;
      assert.ok(early < 120, `${early} of 120 are there already`);
      small.pass(5 * MINUTE);
      const later = lookUp(small).length;
      assert.ok(later > early && later < 120, `${later} of 120 after five minutes more`);
      small.pass(DELIVERED);
      assert.equal(lookUp(small).length, 120);
    });

    it("for 90 days", () => {
      const { small } = keyed({ desiredCount: 1 });
      small.pass(89 * DAY);
      assert.equal(lookUp(small).length, 4);
      small.pass(2 * DAY);
      assert.equal(lookUp(small).length, 0);
    });

    it("tells the same story of the same seed, whoever reads it how often", () => {
      const told = (reads: number): string => {
        const { small } = keyed({ desiredCount: 5 });
        for (let minute = 0; minute < 20; minute++) {
          small.pass(MINUTE);
          for (let read = 0; read < reads; read++) lookUp(small);
        }
        return JSON.stringify([lookUp(small), small.world.state()]);
      };
      assert.equal(told(0), told(3));
    });
  });

  describe("24a who changed a key or a cluster's configuration is in the event history", () => {
    it("with the request, the caller, and the error of one that failed", () => {
      const small = new SmallWorld();
      const key = small.goodKey("pay");
      small.cluster("pay");
      small.ecs("UpdateCluster", { cluster: "pay", ...withKey(key) });
      small.kms("ScheduleKeyDeletion", { KeyId: key, PendingWindowInDays: 7 });
      small.refused("kms", "DisableKey", { KeyId: key });
      small.pass(DELIVERED);
      const texts = textsOf(lookUp(small)).toReversed();
      assert.deepEqual(
        texts.map(({ eventName, errorCode = null, requestParameters }) => [eventName, errorCode, requestParameters]),
        [
          ["UpdateCluster", null, { cluster: "pay", ...withKey(key) }],
          ["ScheduleKeyDeletion", null, { keyId: key, pendingWindowInDays: 7 }],
          ["DisableKey", "KMSInvalidStateException", { keyId: key }],
        ],
      );
      assert.equal(texts[0].userIdentity.arn, `arn:aws:iam::${ACCOUNT}:role/operator`);
      assert.equal(lookUp(small, by("Username", "operator")).length, 3);
    });

    it("also when a fault did it, under somebody else's name", () => {
      const small = new SmallWorld();
      const key = small.goodKey("pay");
      small.cluster("pay", key);
      small.inject({ kind: "key-disabled", key });
      small.inject({ kind: "key-enabled", key });
      small.inject({ kind: "key-policy-replaced", key, policy: goodPolicy(["other"]) });
      small.inject({ kind: "key-deletion-scheduled", key });
      small.inject({ kind: "cluster-key-changed", cluster: "pay", key: null });
      small.pass(DELIVERED);
      const rivals = lookUp(small, by("Username", "somebody-else")).toReversed();
      assert.deepEqual(
        rivals.map(({ EventName }) => EventName),
        ["DisableKey", "EnableKey", "PutKeyPolicy", "ScheduleKeyDeletion", "UpdateCluster"],
      );
    });
  });
});

const DAY = 24 * 60 * MINUTE;
const CONTEXT_OF_DRY_RUNS = ["aws:ecs:clusterAccount", "aws:ecs:clusterName"];
