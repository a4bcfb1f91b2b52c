// What the planned keys are, and where: properties of a key that never change.

import { parseArn } from "../../../../domain/arn";
import { keyProblem } from "../../../../domain/kms-key";
import { isProblem } from "../../../../domain/problem";
import { askMetadata, everyKey, noKey } from "../ask-keys";
import { asked, fails, notApplicable, notSeen, type Question } from "../question";

const STORAGE_KEY = {
  page: "AmazonECS/latest/developerguide/fargate-create-storage-key",
  standing: "documented",
} as const;
const KEYS = ["key", "keys"] as const;
const ANOTHER_KEY = "attach a single-Region, symmetric, customer managed key of this Region, then scan and plan again";

export const KEY_IDENTITY: readonly Question[] = [
  {
    id: "key-exists",
    level: "stops",
    title: "the planned keys exist",
    asks: "DescribeKey knows every key that the plan puts services on; new tasks on a key that is gone do not start",
    source: { page: "kms/latest/APIReference/API_DescribeKey", standing: "documented" },
    subjects: KEYS,
    ask(facts) {
      const { keys } = facts;
      const here = keys.filter(({ away }) => away !== "other-region");
      if (here.length === 0) return notApplicable(keys.length === 0 ? noKey(facts) : "the key is in another Region");
      const findings = here.flatMap(({ arn, away, record }) => {
        if (away === "missing") return [fails(arn, "AWS knows no such key", ANOTHER_KEY)];
        if (record?.metadata.kind === "known") return [];
        return [notSeen(arn, record?.metadata ?? { why: "it was not looked at" })];
      });
      return asked(everyKey(here.length, "is there"), findings);
    },
  },
  {
    id: "key-customer-managed",
    level: "stops",
    title: "the keys are customer managed",
    asks: "the key's manager is CUSTOMER; the policy of a key that AWS manages cannot be changed, so Fargate never gets in",
    source: { page: "kms/latest/developerguide/concepts", standing: "inferred" },
    subjects: KEYS,
    ask: (facts) =>
      askMetadata(facts, {
        pass: (count) => everyKey(count, "is customer managed"),
        judge: ({ keyManager }, { arn }) =>
          keyManager === "CUSTOMER" ? null : fails(arn, "is managed by AWS", ANOTHER_KEY),
      }),
  },
  {
    id: "key-symmetric",
    level: "stops",
    title: "the keys are symmetric encryption keys",
    asks: "the key's spec is SYMMETRIC_DEFAULT and its usage ENCRYPT_DECRYPT: Fargate takes no other",
    source: STORAGE_KEY,
    subjects: KEYS,
    ask: (facts) =>
      askMetadata(facts, {
        pass: (count) => everyKey(count, "is symmetric, for encryption and decryption"),
        judge: ({ keySpec, keyUsage }, { arn }) => {
          if (keySpec === "SYMMETRIC_DEFAULT" && keyUsage === "ENCRYPT_DECRYPT") return null;
          return fails(arn, `is a ${keySpec} key for ${keyUsage}`, ANOTHER_KEY);
        },
      }),
  },
  {
    id: "key-single-region",
    level: "stops",
    title: "the keys are single-Region keys",
    asks: "the key is no multi-Region key: Fargate does not take these",
    source: STORAGE_KEY,
    subjects: KEYS,
    ask: (facts) =>
      askMetadata(facts, {
        pass: (count) => everyKey(count, "is a single-Region key"),
        judge: ({ multiRegion }, { arn }) => (multiRegion ? fails(arn, "is a multi-Region key", ANOTHER_KEY) : null),
      }),
  },
  {
    id: "key-same-region",
    level: "stops",
    title: "the keys are in the clusters' Region and account",
    asks:
      "the key's ARN names the Region of the plan (fail if not) and its account (unknown if not: AWS documents nothing about keys " +
      "of another account)",
    source: { page: "AmazonECS/latest/developerguide/fargate-create-storage-key", standing: "inferred" },
    subjects: KEYS,
    ask(facts) {
      const { keys, plan } = facts;
      const { lane } = plan;
      if (keys.length === 0) return notApplicable(noKey(facts));
      const findings = keys.flatMap(({ arn }) => {
        const place = parseArn(arn);
        if (isProblem(place)) return [];
        if (place.region !== lane.region)
          return [fails(arn, `is in ${place.region}, not in ${lane.region}`, ANOTHER_KEY)];
        if (place.account === lane.account) return [];
        return [
          notSeen(arn, { why: `belongs to account ${place.account}; AWS does not say whether Fargate takes it` }),
        ];
      });
      return asked(everyKey(keys.length, `is in ${lane.region} and account ${lane.account}`), findings);
    },
  },
  {
    id: "key-not-alias",
    level: "stops",
    title: "clusters name keys, not aliases",
    asks: "what the cluster's configuration names is a key: Fargate does not take aliases, which may point elsewhere tomorrow",
    source: STORAGE_KEY,
    subjects: KEYS,
    ask(facts) {
      const { keys } = facts;
      if (keys.length === 0) return notApplicable(noKey(facts));
      const findings = keys
        .filter(({ arn }) => keyProblem(arn)?.kind === "alias")
        .map(({ arn }) =>
          fails(arn, "is an alias", "give the cluster the ARN of the key itself, then scan and plan again"),
        );
      return asked(everyKey(keys.length, "is named by its own ARN or id"), findings);
    },
  },
];
