// The name of a cluster: fixed before anything is created, so that the key's policy can name the cluster that uses the key.
// Source: CreateCluster (Amazon ECS API Reference, documented): up to 255 letters, numbers, underscores and hyphens.
//
// Invariants
//   two different stacks or components never derive the same name: CreateCluster on a name that is in use would take over
//   the other cluster without a word (reported: hashicorp/terraform-provider-aws#38875)
//   a derived name needs no change to be a valid one

import { createHash } from "node:crypto";
import { parseClusterArn } from "../../domain/ecs-arn";
import { isProblem } from "../../domain/problem";
import { ArgumentError } from "../arguments/argument-error";

export interface ClusterOrigin {
  readonly project: string;
  readonly stack: string;
  /** The Pulumi name of the component. */
  readonly component: string;
  /** The types of the components around it, outermost first, as in its URN: below another type, Pulumi lets a name occur again. */
  readonly within: readonly string[];
}

/** Where a component stands, by its URN: `urn:pulumi:STACK::PROJECT::TYPE$TYPE$OWN-TYPE::NAME`. */
export function originOf(urn: string): ClusterOrigin {
  const [stack = "", project = "", types = "", ...name] = urn.slice("urn:pulumi:".length).split("::");
  return { project, stack, component: name.join("::"), within: types.split("$").slice(0, -1) };
}

/** `project_stack_component`; with a short digest at its end where that alone would not be valid, or not unambiguous. */
export function deriveClusterName({ project, stack, component, within }: ClusterOrigin): string {
  const parts = [project, stack, component];
  const joined = parts.join(SEPARATOR);
  const isUnambiguous = within.length === 0 && parts.every((part) => PLAIN_PART.test(part));
  if (isUnambiguous && joined.length <= NAME_CHARACTERS_MAX) return joined;
  const origin = JSON.stringify([...parts, ...within]);
  const digest = createHash("sha256").update(origin).digest("hex").slice(0, DIGEST_CHARACTERS);
  const room = NAME_CHARACTERS_MAX - SEPARATOR.length - DIGEST_CHARACTERS;
  return `${joined.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, room)}${SEPARATOR}${digest}`;
}

/** @throws ArgumentError for what is no name of a cluster. */
export function checkedClusterName(argument: string, name: string): string {
  // What an Input holds is not type-checked, and a pattern takes undefined for the text "undefined".
  if (typeof name !== "string") throw new ArgumentError(argument, name, NAME_REMEDY);
  if (CLUSTER_NAME.test(name)) return name;
  const remedy = name.startsWith("arn:") ? `give the name alone${nameInArn(name)}, not the ARN` : NAME_REMEDY;
  throw new ArgumentError(argument, name, remedy);
}

/** The names that a key is for, each once. @throws ArgumentError for an empty list and for what is no name. */
export function checkedClusterNames(argument: string, names: readonly string[]): readonly string[] {
  if (!Array.isArray(names) || names.length === 0) {
    throw new ArgumentError(argument, names, "give a list with the name of at least one cluster");
  }
  return [...new Set(names.map((name, index) => checkedClusterName(`${argument}[${index}]`, name)))];
}

const NAME_CHARACTERS_MAX = 255;
const DIGEST_CHARACTERS = 8;
const SEPARATOR = "_";
/** A part without the separator in it: three such parts can be told apart again in the joined name. */
const PLAIN_PART = /^[A-Za-z0-9-]+$/;
const CLUSTER_NAME = /^[A-Za-z0-9_-]{1,255}$/;
const NAME_REMEDY = "a cluster's name has 1 to 255 letters, digits, hyphens and underscores";

function nameInArn(text: string): string {
  const arn = parseClusterArn(text);
  return isProblem(arn) ? "" : `, ${JSON.stringify(arn.clusterName)}`;
}
