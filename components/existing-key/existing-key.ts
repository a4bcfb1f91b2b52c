// A key that exists already, read and judged before anything uses it.
//
// Invariants
//   nothing is written to the key: it is described, and its policy is read
//   in an update, the key's ARN is there only once the key has been judged fit; in a preview it is there at once, since nothing is
//   created then, and a resource that names the key shows no change for a policy that is not known yet
//   a policy that is given is judged in place of the one in force: the program that gives it may be about to write it; in a preview it
//   is judged as soon as it is known, before there is a key

import { type GetKeyArgs, type GetKeyResult, getKey } from "@pulumi/aws/kms/getKey";
import { Key } from "@pulumi/aws/kms/key";
import * as pulumi from "@pulumi/pulumi";
import { lastPart } from "../../domain/arn";
import { ArgumentError, Refusal } from "../arguments/argument-error";
import { checked } from "../arguments/checked";
import { checkedKeyArn, checkedKeyArnHere, checkedKeyRegion } from "../arguments/key-arn";
import type { KeySettings } from "../arguments/key-settings";
import { onBehalfOf } from "../arguments/on-behalf-of";
import type { AwsPlace } from "../aws-place";
import type { KeyUses } from "../key-policy/storage-key-policy";
import { refuseContradictions } from "./contradictions";
import type { ExistingKeySettings } from "./existing-key-settings";
import { judgeKeyPolicy } from "./key-policy-objections";
import { keyStateDoubt, keyStateObjection } from "./key-state";
import { doubtMessage, objectionMessage } from "./messages";

export interface ExistingKey {
  readonly keyArn: pulumi.Output<string>;
  /** JSON text, given or read. */
  readonly policy: pulumi.Output<string>;
  /** Fails where the key is not fit; depends on everything that is read. */
  readonly judged: pulumi.Output<true>;
}

export interface ExistingKeyOrder {
  /** Pulumi name of the component. */
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly args: ExistingKeySettings & KeySettings & { readonly region?: pulumi.Input<string> | undefined };
  readonly place: pulumi.Output<AwsPlace>;
  /** What the key has to serve. */
  readonly uses: pulumi.Output<KeyUses>;
}

/** Undefined when no existing key is given. @throws ArgumentError for arguments that contradict each other. */
export function existingKey(order: ExistingKeyOrder): ExistingKey | undefined {
  const { name, parent, args } = order;
  const { existingKeyArn, existingKeyPolicy, region } = args;
  refuseContradictions(args);
  if (existingKeyArn === undefined) return undefined;
  const arn = standing(order, existingKeyArn);
  const sound = soundKey(order, arn);
  const policy =
    existingKeyPolicy === undefined
      ? Key.get(`${name}-existing-key`, sound.apply(lastPart), region === undefined ? {} : { region }, { parent })
          .policy
      : pulumi.output(existingKeyPolicy);
  // A key that is not made yet has no ARN, and its policy is known all the same.
  const isAhead = pulumi.runtime.isDryRun() && existingKeyPolicy !== undefined && typeof existingKeyArn !== "string";
  const judged = judgement(order, { arn: isAhead ? pulumi.output(null) : sound, policy, hint: hintFor(args) });
  const gated = pulumi.all([arn, judged]).apply(([known]) => known);
  return { keyArn: pulumi.runtime.isDryRun() ? arn : gated, policy, judged };
}

/** The ARN, once it is one of a key that stands where the clusters do. */
function standing({ parent, place, args }: ExistingKeyOrder, given: pulumi.Input<string>): pulumi.Output<string> {
  const arn = checked(given, (known) => checkedKeyArn("existingKeyArn", known), parent);
  const check = args.allowKeyOfAnotherAccount === true ? checkedKeyRegion : checkedKeyArnHere;
  return checked(pulumi.all([arn, place]), ([known, here]) => check("existingKeyArn", known, here), parent);
}

/** The ARN, once KMS describes the key as one that Fargate can use. Only then its policy is read. */
function soundKey({ parent, args }: ExistingKeyOrder, arn: pulumi.Output<string>): pulumi.Output<string> {
  const facts = pulumi.all([arn, pulumi.output(args.region)]).apply(([keyId, region]) => {
    return onBehalfOf(parent, () => described({ keyId, ...(region === undefined ? {} : { region }) }, parent));
  });
  return checked(
    pulumi.all([arn, facts]),
    ([known, key]) => {
      const objection = keyStateObjection(key);
      if (objection !== null) throw new ArgumentError("existingKeyArn", known, objection);
      const doubt = keyStateDoubt(key);
      if (doubt !== null) warn(parent, known, doubt);
      return known;
    },
    parent,
  );
}

async function described(asked: GetKeyArgs, parent: pulumi.Resource): Promise<GetKeyResult> {
  try {
    return await getKey(asked, { parent });
  } catch (error) {
    throw new ArgumentError("existingKeyArn", asked.keyId, undescribed(error instanceof Error ? error.message : ""));
  }
}

/** The provider's words begin with where they come from, line by line. */
function undescribed(said: string): string {
  if (/couldn't find resource/.test(said)) return "KMS has no such key in this account and Region; give the ARN of one";
  const reason =
    said
      .split("\n")
      .map((line) => line.trim().replace(/^\* /, ""))
      .filter((line) => line !== "")
      .at(-1) ?? "";
  return `KMS does not describe it to who deploys, who needs kms:DescribeKey on it (${reason})`;
}

interface ReadKey {
  /** Null: not known, and not waited for. */
  readonly arn: pulumi.Output<string | null>;
  readonly policy: pulumi.Output<string>;
  /** What to do where the key is the program's own. */
  readonly hint: string;
}

function hintFor({ existingKeyPolicy }: ExistingKeySettings): string {
  return existingKeyPolicy === undefined
    ? "If this program makes the key, give its policy as existingKeyPolicy: KMS answers with the one before this update."
    : "If the key is an EphemeralStorageKey, give it what is lacking as clusterNames, logGroupNames, volumeRoleArns or " +
        "executeCommandRoleArns.";
}

function judgement({ parent, place, uses }: ExistingKeyOrder, { arn, policy, hint }: ReadKey): pulumi.Output<true> {
  return checked(
    pulumi.all([arn, policy, place, uses]),
    ([keyArn, document, here, needed]): true => {
      const found = judgeKeyPolicy({ policy: document, keyArn, place: here, uses: needed });
      const objection = objectionMessage(found);
      if (objection !== null) throw objectedTo(keyArn, `${objection}\n${hint}`);
      const doubt = doubtMessage(found);
      if (doubt !== null) warn(parent, keyArn, doubt);
      return true;
    },
    parent,
  );
}

function objectedTo(keyArn: string | null, objection: string): Refusal {
  return keyArn === null
    ? new Refusal(`the key of existingKeyPolicy: ${objection}`)
    : new ArgumentError("existingKeyArn", keyArn, objection);
}

function warn(component: pulumi.Resource, keyArn: string | null, doubt: string): void {
  const key = keyArn === null ? "the key of existingKeyPolicy" : `existingKeyArn is "${keyArn}"`;
  // The engine has the word once the call has been made; a run does not wait for it.
  void pulumi.log.warn(`${key}: ${doubt}`, component);
}
