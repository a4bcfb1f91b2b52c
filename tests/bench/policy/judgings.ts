// How long a pack that has started takes for the resources of a stack.
// Invariants
//   every judge is asked the same, over gRPC, as the engine asks it: each resource by itself, then the whole stack
//   ours is asked at the levels of both profiles: a rule that is off costs nothing, and in the strict profile every rule is on

import { type HostResource, type Levels, type PolicyHost, startPolicyHost } from "../../policypack/policy-host";
import { type Candidate, levelsOf, type PackName } from "./candidates";
import { mixedStack } from "./mixed-stack";
import { quickest } from "./quickest";

/** Resources. */
export const STACK_SIZE = 1_000;

export interface Judging {
  readonly pack: PackName;
  readonly profile: "baseline" | "strict" | null;
  /** Each of STACK_SIZE resources by itself. */
  readonly resourcesMs: number;
  /** All of them as one stack, and twice as many. */
  readonly stackMs: number;
  readonly doubleStackMs: number;
  /** What was said of the stack: a judge that says nothing may have judged nothing. */
  readonly violations: number;
}

export async function judgings(candidates: readonly Candidate[], rounds: number): Promise<readonly Judging[]> {
  const judges: Judge[] = [];
  try {
    for (const { name, folder } of candidates) {
      for (const profile of name === "ours" ? PROFILES : [null]) {
        judges.push({ pack: name, profile, host: await startPolicyHost(folder) });
      }
    }
    return await measured(judges, rounds);
  } finally {
    for (const { host } of judges) host.stop();
  }
}

const PROFILES = ["baseline", "strict"] as const;
const NO_LEVELS: Levels = {};

interface Judge extends Pick<Judging, "pack" | "profile"> {
  readonly host: PolicyHost;
}

async function measured(judges: readonly Judge[], rounds: number): Promise<readonly Judging[]> {
  for (const { profile, host } of judges) await host.configure(profile === null ? NO_LEVELS : levelsOf(profile));
  const [stack, double] = [mixedStack(STACK_SIZE), mixedStack(2 * STACK_SIZE)];
  const times = (ask: (host: PolicyHost) => Promise<unknown>) =>
    quickest(
      judges.map(
        ({ host }) =>
          () =>
            ask(host),
      ),
      rounds,
    );
  const [resources, once, twice] = [
    await times((host) => oneByOne(host, stack)),
    await times((host) => host.analyzeStack(stack)),
    await times((host) => host.analyzeStack(double)),
  ];
  const said = await Promise.all(judges.map(({ host }) => violationsOf(host, stack)));
  return judges.map(({ pack, profile }, at) => ({
    pack,
    profile,
    resourcesMs: resources[at] ?? 0,
    stackMs: once[at] ?? 0,
    doubleStackMs: twice[at] ?? 0,
    violations: said[at] ?? 0,
  }));
}

async function oneByOne(host: PolicyHost, stack: readonly HostResource[]): Promise<void> {
  for (const resource of stack) await host.analyze(resource);
}

async function violationsOf(host: PolicyHost, stack: readonly HostResource[]): Promise<number> {
  let count = 0;
  for (const resource of stack) count += (await host.analyze(resource)).diagnostics.length;
  return count + (await host.analyzeStack(stack)).diagnostics.length;
}
