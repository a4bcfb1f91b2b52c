// The state that the planned keys are in now, and whether they last: what may change from one day to the next.
//
// Invariants
//   a key that waits for its deletion fails one question; whether it is enabled and rotates is then not asked
//   what other lanes and services do with a key is not known here, and is said

import { RESOURCE_QUOTAS } from "../../../../domain/api-quotas";
import type { KeyMetadata } from "../../../../domain/fleet";
import { sameKey } from "../../../../domain/kms-key";
import { counted } from "../../words/counted";
import { shellCommand } from "../../words/remedy-command";
import { askKeys, askMetadata, everyKey } from "../ask-keys";
import { expectedEndMs } from "../expected-end";
import type { PreflightFacts } from "../facts";
import { asked, fails, notApplicable, notSeen, type Question } from "../question";

const KEY_STATES = { page: "kms/latest/developerguide/key-state", standing: "documented" } as const;
const KEYS = ["key", "keys"] as const;

export const KEY_STATE: readonly Question[] = [
  {
    id: "key-enabled",
    level: "stops",
    title: "the keys are enabled",
    asks: "the key's state is Enabled: on any other, new tasks do not start (a key that waits for its deletion is told apart)",
    source: { page: "AmazonECS/latest/developerguide/fargate-managing-kms-key", standing: "documented" },
    subjects: KEYS,
    ask: (facts) =>
      askMetadata(facts, {
        pass: (count) => everyKey(count, "is enabled"),
        judge: (metadata, { arn }) => {
          if (isToBeDeleted(metadata)) return { skip: "the key waits for its deletion" };
          const { keyState } = metadata;
          return keyState === "Enabled" ? null : fails(arn, `is ${keyState}`, enableKey(arn, keyState));
        },
      }),
  },
  {
    id: "key-not-pending-deletion",
    level: "stops",
    title: "no key waits for its deletion",
    asks: "the key's state is not PendingDeletion: on such a key no new task starts, and once it is deleted nothing brings it back",
    source: KEY_STATES,
    subjects: KEYS,
    ask: (facts) =>
      askMetadata(facts, {
        pass: (count) => everyKey(count, "is to stay"),
        judge: (metadata, { arn }) => {
          if (!isToBeDeleted(metadata)) return null;
          const when = metadata.deletionDate === null ? "" : ` on ${metadata.deletionDate.slice(0, 10)}`;
          // A key whose deletion is cancelled is Disabled (API reference, CancelKeyDeletion, documented).
          const cancel = ["cancel-key-deletion", "enable-key"].map((call) =>
            shellCommand("aws", "kms", call, "--key-id", arn),
          );
          return fails(
            arn,
            `is to be deleted${when}`,
            `ask who scheduled it, then cancel it and enable the key: ${cancel.join(" && ")}`,
          );
        },
      }),
  },
  {
    id: "key-rotation",
    level: "advises",
    title: "the keys rotate by themselves",
    asks: "automatic rotation is on; it needs no redeployment (not asked of keys whose material AWS did not make)",
    source: { page: "kms/latest/developerguide/rotate-keys", standing: "documented" },
    subjects: KEYS,
    ask: (facts) =>
      askKeys(
        facts,
        (count) => everyKey(count, "rotates by itself"),
        ({ arn, record: { metadata, rotation } }) => {
          if (metadata.kind === "known" && !couldRotate(metadata.value))
            return { skip: "the key cannot rotate by itself, as it is" };
          if (rotation.kind === "unknown") return notSeen(arn, rotation);
          const enable = shellCommand("aws", "kms", "enable-key-rotation", "--key-id", arn);
          return rotation.value.enabled ? null : fails(arn, "automatic rotation is off", `turn it on: ${enable}`);
        },
      ),
  },
  {
    id: "key-grants-headroom",
    level: "advises",
    title: "the keys have room for a grant a task",
    asks:
      "tasks of this lane on the key, those that the plan brings and the surge of its largest wave stay within the 50,000 grants " +
      "that a key holds by default; grants of other lanes and services on the key are not known",
    source: { page: "kms/latest/developerguide/resource-limits", standing: "documented" },
    subjects: KEYS,
    ask: (facts) => {
      const counts = facts.keys.map(({ arn }) => grantsOn(arn, facts));
      const most = Math.max(0, ...counts);
      return askKeys(
        facts,
        () => `at most ${most} of ${GRANTS_MAX} grants a key, as far as this lane tells; who else uses it is not known`,
        ({ arn }) => {
          const grants = grantsOn(arn, facts);
          if (grants <= GRANTS_MAX) return null;
          const remedy =
            "ask AWS to raise the quota of grants for the key, or give a part of the clusters a key of their own";
          return fails(arn, `${grants} tasks would need a grant each; a key holds ${GRANTS_MAX} by default`, remedy);
        },
      );
    },
  },
  {
    id: "key-material-expiry",
    level: "stops",
    title: "imported key material outlasts the run",
    asks: "imported material does not expire before the run's expected end; that it does within 30 days is told in the reason",
    source: { page: "kms/latest/developerguide/importing-keys-conceptual", standing: "documented" },
    subjects: KEYS,
    ask(facts) {
      const expiring = facts.keys.flatMap(({ record }) => {
        const metadata = record?.metadata;
        const isExpiring =
          metadata?.kind === "known" && metadata.value.validTo !== null && metadata.value.keyState === "Enabled";
        return isExpiring ? [{ arn: record?.arn ?? "", validTo: metadata.value.validTo ?? "" }] : [];
      });
      const unseen = facts.keys.flatMap(({ arn, record }) =>
        record?.metadata.kind === "unknown" ? [notSeen(arn, record.metadata)] : [],
      );
      if (expiring.length === 0 && unseen.length === 0)
        return notApplicable("no key has imported material that expires");
      const findings = expiring
        .filter(({ validTo }) => Date.parse(validTo) < expectedEndMs(facts))
        .map(({ arn, validTo }) =>
          fails(
            arn,
            `its material expires on ${validTo.slice(0, 10)}, before the run would end`,
            "import the material anew first",
          ),
        );
      return asked(expiryReason(expiring, facts), [...findings, ...unseen]);
    },
  },
];

const GRANTS_MAX = RESOURCE_QUOTAS.grantsPerKey.standard;
const SOON_MS = 30 * 24 * 3_600_000;

function isToBeDeleted({ keyState }: KeyMetadata): boolean {
  return keyState === "PendingDeletion" || keyState === "PendingReplicaDeletion";
}

function enableKey(arn: string, keyState: string): string {
  if (keyState === "PendingImport") return "import its key material";
  if (keyState !== "Disabled") return "wait until it is Enabled, or ask who administers it";
  return `ask who disabled it, then enable it: ${shellCommand("aws", "kms", "enable-key", "--key-id", arn)}`;
}

/** Automatic rotation is for symmetric keys of customers with material that AWS made (KMS developer guide, rotate-keys, documented). */
function couldRotate(metadata: KeyMetadata): boolean {
  const { origin, keyManager, keySpec } = metadata;
  return (
    origin === "AWS_KMS" && keyManager === "CUSTOMER" && keySpec === "SYMMETRIC_DEFAULT" && !isToBeDeleted(metadata)
  );
}

/** A grant a task (developer guide, fargate-managing-kms-key, documented); it goes when the task has stopped. */
function grantsOn(keyArn: string, { now, plan }: PreflightFacts): number {
  const running = now.tasks.filter((task) => task.lastStatus !== "STOPPED" && sameKey(task.kmsKeyArn, keyArn)).length;
  const planned = plan.services.filter(({ targetKeyArn }) => targetKeyArn === keyArn);
  const surges = plan.waves.map(({ number }) =>
    planned.filter(({ wave }) => wave === number).reduce((sum, { surgeTasks }) => sum + surgeTasks, 0),
  );
  return running + planned.reduce((sum, { tasks }) => sum + tasks, 0) + Math.max(0, ...surges);
}

function expiryReason(expiring: readonly { readonly validTo: string }[], { nowMs }: PreflightFacts): string {
  const soon = expiring.filter(({ validTo }) => Date.parse(validTo) - nowMs < SOON_MS).map(({ validTo }) => validTo);
  const [first] = soon.toSorted();
  if (first === undefined) return "imported material lasts for more than 30 days";
  return `imported material of ${counted(soon.length, "key")} expires within 30 days, first on ${first.slice(0, 10)}; the run ends before`;
}
