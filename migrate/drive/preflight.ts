// Reads what a preflight looks at, and asks it. It changes nothing, but for a probe's own tasks, when they are asked for.
//
// Invariants
//   a scan of the plan's clusters that are still there; a cluster that is gone ends nothing
//   with the credentials of another account or Region nothing is read but whose they are
//   task definitions do not change, except for their status: those of planned services are read again, the others are taken over

import type { Fleet } from "../../domain/fleet";
import type { Plan } from "../core/model/plan";
import type { Preflight } from "../core/model/preflight";
import { type JudgePreflight, judgePreflight, stoppingAnswers } from "../core/preflight/judge-preflight";
import { probeLaunches } from "../core/probe/probe-launches";
import type { AccountPort, CallerIdentity } from "../ports/account-port";
import { AwsFailure } from "../ports/aws-failure";
import type { Clock } from "../ports/clock";
import type { EcsPort } from "../ports/ecs-port";
import type { SurroundingsPort } from "../ports/surroundings-port";
import { type ProbeOptions, probeKeys } from "./probe-keys";
import { type ScanProgress, scan } from "./scan";
import { createScanReader, type ScanReader } from "./scan-reader";

export interface PreflightOptions {
  readonly ecs: EcsPort;
  readonly account: AccountPort;
  readonly surroundings: SurroundingsPort;
  readonly clock: Clock;
  readonly region: string;
  readonly plan: Plan;
  /** The fleet that the plan was made from. */
  readonly fleet: Fleet;
  readonly identity: CallerIdentity;
  readonly credentialsExpireAtMs: number | null;
  /** Why a fail of a question is accepted, by the question's id. */
  readonly accept: ReadonlyMap<string, string>;
  readonly onProgress?: (progress: ScanProgress) => void;
  /** Launch a task of our own under each key; not launched when left out, and when the run is refused anyway. */
  readonly probe?: ProbeWish;
}

export interface ProbeWish extends Pick<ProbeOptions, "probe" | "signal" | "onLaunched" | "onLeft"> {
  /** Pulled instead of a planned service's own image; null: that. */
  readonly image: string | null;
}

/** @throws FargateCmkError for what every later call would meet too: credentials, no way to AWS */
export async function preflight(options: PreflightOptions): Promise<Preflight> {
  const { probe: wish, plan, ecs, clock } = options;
  const request = await readFacts(options);
  const answers = judgePreflight(request);
  if (wish === undefined) return answers;
  const stops = stoppingAnswers(answers).map(({ id }) => id);
  if (stops.length > 0) {
    const why = `${stops.join(", ")} would stop the run anyway`;
    return judgePreflight({ ...request, probe: { kind: "held-back", why } });
  }
  const launches = probeLaunches({ plan, fleet: request.now, image: wish.image });
  const outcomes = await probeKeys({ ...wish, launches, ecs, clock });
  return judgePreflight({ ...request, probe: { kind: "done", outcomes } });
}

async function readFacts(options: PreflightOptions): Promise<JudgePreflight> {
  const { plan, clock, identity, credentialsExpireAtMs, accept } = options;
  const keysMissing = new Set<string>();
  const now = await scanNow(options, notingMissingKeys(createScanReader(clock), keysMissing));
  return {
    plan,
    now,
    keysMissing: [...keysMissing].toSorted(),
    caller: { principalArn: identity.principalArn, credentialsExpireAtMs },
    nowMs: clock.nowMs(),
    accept,
  };
}

async function scanNow(options: PreflightOptions, reader: ScanReader): Promise<Fleet> {
  const { ecs, account, surroundings, clock, region, plan, fleet, identity, onProgress } = options;
  const lane = { ecs, account, clock, region, reader };
  const isHere = identity.account === plan.lane.account && region === plan.lane.region;
  if (!isHere) return scan({ ...lane, clusters: [], depth: "present-state" });
  return scan({
    ...lane,
    surroundings,
    clusters: await presentClusters(ecs, plan),
    knownTaskDefinitions: definitionsOfOthers(fleet, plan),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}

/** All of them when they cannot be looked at: the scan then says why. */
async function presentClusters(ecs: EcsPort, { targets }: Plan): Promise<readonly string[]> {
  const arns = targets.map(({ clusterArn }) => clusterArn);
  if (arns.length === 0) return [];
  try {
    const { found } = await ecs.describeClusters(arns);
    return found.filter(({ status }) => status !== "INACTIVE").map(({ arn }) => arn);
  } catch (error) {
    if (error instanceof AwsFailure) return arns;
    throw error;
  }
}

function definitionsOfOthers(fleet: Fleet, { services }: Plan): Fleet["taskDefinitions"] {
  const planned = new Set(services.map(({ arn }) => arn));
  const own = new Set(fleet.services.filter(({ arn }) => planned.has(arn)).map((service) => service.taskDefinitionArn));
  return fleet.taskDefinitions.filter((fact) => fact.kind === "known" && !own.has(fact.value.arn));
}

/** That there is no such key is an answer; as a fact it looks like any other failed read. */
function notingMissingKeys(reader: ScanReader, missing: Set<string>): ScanReader {
  return {
    ...reader,
    read: (subject, ask) =>
      reader.read(subject, async () => {
        try {
          return await ask();
        } catch (error) {
          const isAnswer = error instanceof AwsFailure && error.kind === "not-found";
          if (isAnswer && error.operation === "kms:DescribeKey") missing.add(subject);
          throw error;
        }
      }),
  };
}
