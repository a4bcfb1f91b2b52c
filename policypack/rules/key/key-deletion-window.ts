// key-deletion-window: a key that a cluster uses waits long enough between the order to delete it and its deletion.
//
// Invariant: without a value AWS waits the longest it can, 30 days.
// Source: AWS KMS API reference, ScheduleKeyDeletion.PendingWindowInDays (documented): 7 to 30, default 30.

import { shown } from "../look";
import { CLUSTER, construction, NATIVE_CLUSTER } from "../resource-types";
import type { Circumstances, Finding, Rule, StackSubject } from "../rule";
import { KEY_TYPES, keysOfClusters, STAND_IN_READS } from "../stack/keys-of-cluster";
import { fail, pass, unknown, type Verdict } from "../verdict";
import { givenAt, keyProperties, keyReads } from "./key-properties";

const DAYS_MIN = 7;
const DAYS_MAX = 30;

export const keyDeletionWindow: Rule = {
  id: "key-deletion-window",
  title: "A key that a cluster uses is deleted only after a waiting period that leaves time to notice.",
  levels: { baseline: "advisory", strict: "mandatory" },
  severity: "medium",
  controls: [
    { framework: "AWS Security Hub", version: "current", ids: ["KMS.3"] },
    { framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12", "SC-12(2)"] },
  ],
  why:
    "From the order on, no task starts on the key, and until the period ends the order can be taken back. After it the key is gone, " +
    "and all that only it can decrypt.",
  remedy: "Remove the property, which means 30 days, or set it to at least the minimum.",
  limits:
    "It judges the keys of the stack that a cluster's configuration was made from or names, as the next deletion would find them.",
  example: ['new aws.kms.Key("fargate", { enableKeyRotation: true, deletionWindowInDays: 30 });'],
  parameters: {
    minimumDays: {
      description: "The fewest days that a deletion has to wait.",
      standard: DAYS_MAX,
      accepts: { kind: "number", min: DAYS_MIN, max: DAYS_MAX },
    },
  },
  judges: KEY_TYPES,
  reads: {
    [CLUSTER]: ["configuration"],
    [NATIVE_CLUSTER]: ["configuration"],
    ...STAND_IN_READS,
    ...keyReads(["window"], ["arn"]),
  },
  checkStack: check,
};

function check(resources: readonly StackSubject[], circumstances: Circumstances): readonly Finding[] {
  const minimumDays = circumstances.number("minimumDays");
  return keysOfClusters(resources).map((key) => ({ subject: key, verdict: judge(key, minimumDays) }));
}

function judge(key: StackSubject, minimumDays: number): Verdict {
  const { window } = keyProperties(key.type);
  const look = givenAt(key, window);
  switch (look.state) {
    case "absent":
      return pass("30 days, AWS's default");
    case "unknown":
      return unknown(
        `How long key ${shown(key.name)} waits for its deletion cannot be seen: ${window} is not known yet.`,
        "the update, at its end",
      );
    case "known":
      return Number(look.value) >= minimumDays
        ? pass(`${shown(look.value)} days`)
        : tooShort({ key, window, days: shown(look.value), minimumDays });
  }
}

interface TooShort {
  readonly key: StackSubject;
  readonly window: string;
  readonly days: string;
  readonly minimumDays: number;
}

function tooShort({ key, window, days, minimumDays }: TooShort): Verdict {
  return fail({
    reason: `Key ${shown(key.name)}, which a cluster uses, is gone ${days} days after an order to delete it; at least ${minimumDays} are asked for.`,
    evidence: [`${window} is ${days}`],
    change: [`  ${construction(key)}`, `-   ${window}: ${days},`, `+   ${window}: ${minimumDays},`, "  });"],
  });
}
