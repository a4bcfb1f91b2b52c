// What a rule is given of a resource: the properties that it names, as plain values.

import { type PolicyResource, type ResourceValidationArgs, UnknownValueError } from "@pulumi/policy";
import { type Look, lookAt, type Properties } from "../rules/look";
import type { Rule, StackSubject, Subject } from "../rules/rule";
import { copyKnown } from "./copy-known";
import type { Surroundings } from "./run";

export function subjectOf(
  rule: Rule,
  args: ResourceValidationArgs | PolicyResource,
  surroundings: Surroundings,
): Subject {
  const { type, urn, name } = args;
  const properties = copyKnown(args.props, rule.reads[type] ?? [], meansUnknown);
  const { ignoreChanges } = args.opts;
  return { type, urn, name, properties, region: regionOf(args, surroundings), ignoredChanges: ignoreChanges };
}

export function stackSubjectOf(rule: Rule, resource: PolicyResource, surroundings: Surroundings): StackSubject {
  const madeFrom = Object.entries(resource.propertyDependencies).map(([name, from]) => [
    name,
    from.map(({ urn }) => urn),
  ]);
  return { ...subjectOf(rule, resource, surroundings), madeFrom: Object.fromEntries(madeFrom) };
}

function meansUnknown(error: unknown): boolean {
  return error instanceof UnknownValueError;
}

function regionOf({ props, provider }: ResourceValidationArgs | PolicyResource, { ambientRegion }: Surroundings): Look {
  const places: readonly Properties[] = [props, provider?.props ?? {}].map((one) =>
    copyKnown(one, ["region"], meansUnknown),
  );
  const looks = [...places, { region: ambientRegion }].map((place) => lookAt(place, "region"));
  return looks.find(({ state }) => state !== "absent") ?? { state: "absent" };
}
