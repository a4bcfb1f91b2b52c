// Which task a probe launches in each cluster of a plan: one of its own, where the cluster's first service to be redeployed lives.
//
// Invariants
//   every cluster with work in it gets one launch, or the reason why none can be made; none is left out
//   nothing of the team runs: its image is pulled, and a command that does nothing takes the place of its entry point

import type { Fleet, ServiceRecord, TaskDefinitionRecord } from "../../../domain/fleet";
import type { Plan } from "../model/plan";

/** Of the task definitions that probes register, by which people and policies know them. */
export const PROBE_FAMILY = "fargate-cmk-probe";

export interface ProbeLaunch {
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly keyArn: string;
  /** `cluster/service`: whose network, image and execution role the probe borrows. */
  readonly like: string;
  readonly image: string;
  readonly executionRoleArn: string | null;
  readonly cpuArchitecture: string | null;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly assignsPublicIp: boolean;
}

export interface NoLaunch {
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly keyArn: string;
  readonly why: string;
}

export interface ProbeQuestion {
  readonly plan: Plan;
  readonly fleet: Fleet;
  /** Pulled instead of a service's own image; null: the service's. */
  readonly image: string | null;
}

/** In the order of the plan's targets. */
export function probeLaunches(question: ProbeQuestion): readonly (ProbeLaunch | NoLaunch)[] {
  const services = new Map(question.fleet.services.map((service) => [service.arn, service]));
  const definitions = new Map(
    question.fleet.taskDefinitions.flatMap((fact) =>
      fact.kind === "known" ? [[fact.value.arn, fact.value] as const] : [],
    ),
  );
  return question.plan.targets.map((target) => {
    const planned = question.plan.services
      .filter(({ clusterArn }) => clusterArn === target.clusterArn)
      .toSorted((a, b) => a.wave - b.wave);
    for (const { arn } of planned) {
      const service = services.get(arn);
      const definition = definitions.get(service?.taskDefinitionArn ?? "");
      if (service === undefined || definition === undefined || service.subnets.length === 0) continue;
      return {
        ...target,
        ...launchLike(service, definition, question.image),
        like: `${target.clusterName}/${service.name}`,
      };
    }
    return { ...target, why: "no planned service of it shows its network and its task definition" };
  });
}

type Borrowed = Omit<ProbeLaunch, "clusterArn" | "clusterName" | "keyArn" | "like">;

function launchLike(service: ServiceRecord, definition: TaskDefinitionRecord, image: string | null): Borrowed {
  const { subnets, securityGroups, assignsPublicIp } = service;
  const essential = definition.containers.find((container) => container.essential) ?? definition.containers[0];
  return {
    image: image ?? essential?.image ?? "",
    executionRoleArn: definition.executionRoleArn,
    cpuArchitecture: definition.cpuArchitecture,
    subnets,
    securityGroups,
    assignsPublicIp,
  };
}
