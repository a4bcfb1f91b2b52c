// One resource of every type of the aws provider that a rule reads, with everything unknown that it takes.
// Invariant: the types are those of the rules, so that what a new rule reads stands here by itself.

import { Vpc } from "@pulumi/aws/ec2";
import type { CustomResource } from "@pulumi/pulumi";
import { REGISTRY } from "../../../../../policypack/registry";

type Class = new (name: string, args: object) => CustomResource;

/** Known only after the update, and made from nothing that a rule knows. */
const unknown = new Vpc("elsewhere", { cidrBlock: "10.0.0.0/16" }).arn;
/** Whatever a class takes from its arguments is unknown. */
const everythingUnknown = new Proxy({}, { get: () => unknown });

const types = new Set(REGISTRY.rules.flatMap(({ reads }) => Object.keys(reads)));
for (const type of [...types].filter((one) => one.startsWith("aws:")).toSorted()) {
  // `aws:ecs/cluster:Cluster` is the class Cluster of @pulumi/aws/ecs.
  const [, module = "", name = ""] = type.split(/[:/]\w+:|[:/]/);
  const classes: Readonly<Record<string, Class>> = require(`@pulumi/aws/${module}`);
  const Type = classes[name];
  if (Type === undefined) throw new Error(`@pulumi/aws has no ${type}`);
  new Type(`${module}-${name}`, everythingUnknown);
}
