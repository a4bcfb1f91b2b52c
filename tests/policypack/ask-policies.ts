// Asks the policies of the pack as the host does, in this process: in order, through its proxies, with its errors.

import assert from "node:assert/strict";
import { type Policies, unknownCheckingProxy } from "@pulumi/policy";
import type { Surroundings } from "../../policypack/adapt/run";
import { REGISTRY, type Registry } from "../../policypack/registry";
import type { Properties } from "../../policypack/rules/look";
import { CLUSTER } from "../../policypack/rules/resource-types";
import type { Rule } from "../../policypack/rules/rule";
import { clusterProperties, KEY_ARN } from "./subjects";

export const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const SURROUNDINGS: Surroundings = {
  today: () => "2027-01-15",
  ambientRegion: undefined,
  moment: "preview",
  configuredNames: () => [],
};

export interface Report {
  readonly policy: string;
  readonly message: string;
  readonly enforcementLevel?: string;
  readonly urn?: string;
}

export interface Asked {
  readonly type?: string;
  readonly name?: string;
  readonly properties?: Properties;
  readonly region?: string;
  readonly settings?: object;
  /** What stands under the ids of rules. */
  readonly config?: Readonly<Record<string, object>>;
  readonly ignoreChanges?: readonly string[];
  /** Asks policies too that are disabled without configuration, as somebody may configure them. */
  readonly enablesAll?: true;
}

class NotApplicable extends Error {}

/** Asks every policy of the pack about one resource's inputs. */
export function ask(policies: Policies, asked: Asked = {}): readonly Report[] {
  return collected(policies, asked, (policy, args, report) => {
    if (!("validateResource" in policy) || typeof policy.validateResource !== "function") return;
    void policy.validateResource(args as never, report as never);
  });
}

/** Asks every policy about a stack of these resources, none of which was made from another. */
export function askStack(policies: Policies, resources: readonly Asked[], asked: Asked = {}): readonly Report[] {
  const subjects = resources.map((one) => ({ ...argumentsOf(one), propertyDependencies: {} }));
  return collected(policies, asked, (policy, { getConfig, notApplicable }, report) => {
    if (!("validateStack" in policy)) return;
    void policy.validateStack({ resources: subjects, getConfig, notApplicable } as never, report as never);
  });
}

export function urnOf({ type = CLUSTER, name = "web" }: Asked = {}): string {
  return `urn:pulumi:dev::shop::${type}::${name}`;
}

type Args = ReturnType<typeof argumentsOf> & {
  readonly getConfig: () => object;
  readonly notApplicable: (reason: string) => never;
};

function collected(
  policies: Policies,
  asked: Asked,
  call: (policy: Policies[number], args: Args, report: (said: object) => void) => void,
): readonly Report[] {
  const reports: Report[] = [];
  const { settings = {}, config = {}, enablesAll = false } = asked;
  for (const policy of policies.filter(({ enforcementLevel }) => enablesAll || enforcementLevel !== "disabled")) {
    const args: Args = {
      ...argumentsOf(asked),
      getConfig: () => (policy.name === "settings" ? settings : (config[policy.name] ?? {})),
      notApplicable: (reason: string) => {
        throw new NotApplicable(reason);
      },
    };
    try {
      call(policy, args, (said) => reports.push({ policy: policy.name, ...said } as Report));
    } catch (error) {
      if (!(error instanceof NotApplicable)) throw error;
    }
  }
  return reports;
}

function argumentsOf(asked: Asked) {
  const { type = CLUSTER, name = "web", properties = clusterProperties(KEY_ARN), region, ignoreChanges = [] } = asked;
  return {
    type,
    name,
    urn: urnOf({ type, name }),
    props: unknownCheckingProxy(properties),
    opts: { ignoreChanges },
    provider: { type: "pulumi:providers:aws", props: unknownCheckingProxy(region === undefined ? {} : { region }) },
  };
}

/** A registry of one rule, `probe`, that judges clusters so. */
export function probe(
  check: NonNullable<Rule["checkResource"]>,
  reads = ["configuration"],
  rest: Partial<Rule> = {},
): Registry {
  const [first] = REGISTRY.rules;
  assert.ok(first);
  const { checkStack: _none, ...rule } = first;
  return {
    rules: [{ ...rule, id: "probe", judges: [CLUSTER], reads: { [CLUSTER]: reads }, checkResource: check, ...rest }],
    tombstones: [],
  };
}
