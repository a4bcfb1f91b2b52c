// What the scan did not see, grouped for a reader: by the call that would have shown it, with what that leaves open.
// Invariants
//   every entry of the fleet's `unread` is in one group, and so is whatever else was not seen of a service to redeploy
//   the same plan and fleet give the same groups, whatever the order of the fleet's lists

import type { Fact } from "../../../domain/fact";
import type { Fleet, ServiceRecord, UnreadRecord } from "../../../domain/fleet";
import type { Unseen } from "../classify/start-question";
import { surroundingsOf } from "../classify/surroundings";
import { hostOf, type UnseenCause, unseenCause, unseenOfStart } from "../classify/unseen-start";
import type { Plan } from "../model/plan";
import { counted } from "../words/counted";
import { listed } from "../words/listed";
import { compareText, FleetIndex } from "./fleet-index";
import { READ_WORDS, type ReadWords } from "./read-words";

export interface NotSeenGroup {
  /** The IAM action that would show it; null when none is to blame. */
  readonly permission: string | null;
  /** `was denied for 3 repositories`, or what stands in place of a call. */
  readonly what: string;
  /** `whether images of 14 services are still there is not known`. */
  readonly consequence: string;
}

export function notSeenOf(plan: Plan, fleet: Fleet): readonly NotSeenGroup[] {
  const services = unseenOfPlanned(plan, fleet);
  const calls = groupsOfCalls(fleet.unread);
  const groups = calls.map((call) =>
    groupOfCall(call, {
      things: thingsOf(call, fleet),
      services: services.filter((service) => service.some(isShownBy(call))),
    }),
  );
  const others = services.map((all) => all.filter((one) => !calls.some((call) => isShownBy(call)(one))));
  return [...groups, ...elsewhere(others), ...leftOver(others)];
}

type UnseenOfService = readonly Unseen[];

/** One list for each service that will be redeployed. */
function unseenOfPlanned({ services }: Plan, fleet: Fleet): readonly UnseenOfService[] {
  const planned = new Set(services.map(({ arn }) => arn));
  const index = new FleetIndex(fleet);
  const surroundings = surroundingsOf(fleet);
  const unseenOf = (service: ServiceRecord): UnseenOfService => {
    const tasks = index.tasksOf(service).filter(({ lastStatus }) => lastStatus !== "STOPPED");
    const cluster = index.cluster(service.clusterArn);
    return unseenOfStart({ service, tasks, cluster, surroundings, taskDefinition: index.taskDefinition(service) });
  };
  return fleet.services.filter(({ arn }) => planned.has(arn)).map(unseenOf);
}

interface UnreadCall {
  readonly operation: string;
  readonly cause: UnseenCause;
  readonly subjects: ReadonlySet<string>;
  readonly whys: ReadonlySet<string>;
}

function groupsOfCalls(unread: readonly UnreadRecord[]): readonly UnreadCall[] {
  const calls = new Map<string, { operation: string; cause: UnseenCause; subjects: Set<string>; whys: Set<string> }>();
  for (const { operation, subject, ...entry } of unread) {
    const cause = unseenCause(entry);
    const key = `${operation} ${cause}`;
    const call = calls.get(key) ?? { operation, cause, subjects: new Set(), whys: new Set() };
    call.subjects.add(subject);
    call.whys.add(entry.why);
    calls.set(key, call);
  }
  return [...calls].toSorted(([a], [b]) => compareText(a, b)).map(([, call]) => call);
}

function isShownBy({ operation, whys, cause }: UnreadCall): (one: Unseen) => boolean {
  return (one) => whys.has(one.why) || (one.permission === operation && unseenCause(one) === cause);
}

/** One read may ask about many things at once: those are counted that it left unknown. */
function thingsOf({ operation, subjects, whys }: UnreadCall, fleet: Fleet): number {
  const facts = FACTS_OF_READ[operation]?.(fleet) ?? [];
  const left = facts.filter((fact) => fact.kind === "unknown" && whys.has(fact.why));
  return Math.max(subjects.size, left.length);
}

const FACTS_OF_READ: Readonly<Record<string, (fleet: Fleet) => readonly Fact<unknown>[]>> = {
  "ec2:DescribeSubnets": ({ subnets }) => subnets.map(({ availableIpAddresses }) => availableIpAddresses),
  "ecs:DescribeClusters": ({ clusters }) => clusters.map(({ configuration }) => configuration),
};

interface LeftOpen {
  readonly things: number;
  readonly services: readonly UnseenOfService[];
}

function groupOfCall({ operation, cause }: UnreadCall, { things, services }: LeftOpen): NotSeenGroup {
  const words: ReadWords = READ_WORDS[operation] ?? { things: ["read", "reads"], open: "what it would show" };
  const what = `${CAUSE_WORDS[cause]} ${counted(things, ...words.things)}`;
  const { open } = words;
  const permission = cause === "failed" ? null : operation;
  const group = { permission, what: permission === null ? `${operation} ${what}` : what };
  if (typeof open === "string") return { ...group, consequence: `${open} is not known` };
  if (services.length === 0) return { ...group, consequence: "no service to redeploy needs that" };
  return { ...group, consequence: `${open(counted(services.length, "service"))} is not known` };
}

const CAUSE_WORDS: Readonly<Record<UnseenCause, string>> = {
  denied: "was denied for",
  "not-shown": "is in no output for",
  failed: "failed for",
};

/** Registries that no read of AWS can show: nothing to be cured, and still not known. */
function elsewhere(services: readonly UnseenOfService[]): readonly NotSeenGroup[] {
  const affected = services.filter((all) => all.some(({ kind }) => kind === "image-elsewhere"));
  if (affected.length === 0) return [];
  const images = affected.flat().filter(({ kind }) => kind === "image-elsewhere");
  const hosts = [...new Set(images.map(({ subject }) => hostOf(subject)))].toSorted();
  const what = `${counted(affected.length, "service")} to redeploy ${affected.length === 1 ? "takes" : "take"} images from ${listed(hosts)}, which a scan does not ask`;
  return [{ permission: null, what, consequence: "whether these are still there is not known" }];
}

function leftOver(services: readonly UnseenOfService[]): readonly NotSeenGroup[] {
  const reasons = new Map<string, { readonly services: Set<UnseenOfService>; readonly things: Set<string> }>();
  for (const all of services) {
    for (const { kind, why } of all) {
      if (kind === "image-elsewhere") continue;
      const reason = reasons.get(why) ?? { services: new Set(), things: new Set() };
      reason.services.add(all);
      reason.things.add(THINGS[kind]);
      reasons.set(why, reason);
    }
  }
  const sorted = [...reasons].toSorted(([a, m], [b, n]) => n.services.size - m.services.size || compareText(a, b));
  const groups = sorted.slice(0, LEFT_OVER_MAX).map(([why, reason]) => ({
    permission: null,
    what: `${listed([...reason.things].toSorted())} of ${counted(reason.services.size, "service")} to redeploy were not seen (${why})`,
    consequence: "whether they are there, and unchanged, is not known",
  }));
  const more = sorted.length - groups.length;
  if (more <= 0) return groups;
  const what = `part of what others need, for ${counted(more, "other reason")}`;
  return [...groups, { permission: null, what, consequence: "plan --explain tells them service by service" }];
}

const LEFT_OVER_MAX = 3;

/** What the things of each kind are called, many of them. */
const THINGS: Readonly<Record<Unseen["kind"], string>> = {
  "task-definition": "task definitions",
  image: "images",
  "image-elsewhere": "images",
  drift: "images",
  secret: "secrets or parameters",
  "log-group": "log groups",
  protection: "protected tasks",
};
