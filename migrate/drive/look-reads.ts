// The reads of a look, each of many services at once.
// Invariant: a service that is in no answer was not answered about; null is AWS's answer that there is none.

import type { ServiceRecord } from "../../domain/fleet";
import { findServiceDeployment } from "../core/machine/find-service-deployment";
import { sinceKnown } from "../core/machine/since-known";
import type { ServiceDeploymentRecord, ServiceRevisionRecord } from "../ports/ecs-port";
import { byCluster } from "./by-cluster";
import type { Forbearance } from "./passing-failure";
import { plannedOrFail, type RunContext, runOrFail } from "./run-context";
import { servicesNow } from "./services-now";
import { type TasksSeen, tasksOfServices } from "./tasks-of-services";
import { readTogether } from "./together";

type ByService<T> = ReadonlyMap<string, T>;

export class LookReads {
  constructor(
    private readonly context: RunContext,
    private readonly forbearance: Forbearance,
  ) {}

  /** Of those whose ARN is recorded, or told by their services; for the rest of the latter it is looked for in AWS's list. */
  async deployments(
    services: readonly string[],
    seen: ByService<ServiceRecord | null> = new Map(),
  ): Promise<ByService<ServiceDeploymentRecord | null>> {
    const arns = new Map<string, string>();
    for (const service of services) {
      const arn = await this.deploymentArn(service, seen.get(service) ?? null);
      if (arn !== null) arns.set(service, arn);
    }
    const read = async (some: readonly string[]) => {
      const { found } = await this.context.ecs.describeServiceDeployments(some.flatMap((one) => arns.get(one) ?? []));
      const byArn = new Map(found.map((deployment) => [deployment.arn, deployment]));
      const shown = new Map(some.map((one) => [one, byArn.get(arns.get(one) ?? "") ?? null]));
      for (const deployment of found)
        if (deployment.status === "SUCCESSFUL") memoryOf(this.context).ended.set(deployment.arn, deployment);
      return shown;
    };
    return readTogether({ services: [...arns.keys()], forbearance: this.forbearance, read });
  }

  /** Of those that are known to have ended well. That is final (developer guide, service-deployment, documented), so once is enough. */
  async endedWell(services: readonly string[]): Promise<ByService<ServiceDeploymentRecord | null>> {
    const known = memoryOf(this.context).ended;
    const followed = services.flatMap((service) => {
      const deployment = known.get(runOrFail(this.context.recorder.state, service).serviceDeploymentArn ?? "");
      return deployment === undefined ? [] : [[service, deployment] as const];
    });
    const seen = new Map<string, ServiceDeploymentRecord | null>(followed);
    const read = await this.deployments(services.filter((service) => !seen.has(service)));
    return new Map([...seen, ...read]);
  }

  async services(services: readonly string[]): Promise<ByService<ServiceRecord | null>> {
    const answered = new Map<string, ServiceRecord | null>();
    for (const [clusterArn, some] of byCluster(this.context, services)) {
      const read = async (asked: readonly string[]) => {
        const { found } = await servicesNow(this.context.ecs, { clusterArn, services: asked });
        return new Map(asked.map((arn) => [arn, found.find((service) => service.arn === arn) ?? null]));
      };
      const answer = await readTogether({ services: some, forbearance: this.forbearance, read });
      for (const [arn, service] of answer) answered.set(arn, service);
    }
    return answered;
  }

  async tasks(services: readonly string[]): Promise<ByService<TasksSeen>> {
    const seen = new Map<string, TasksSeen>();
    const alsoTasks = (arn: string) => runOrFail(this.context.recorder.state, arn).oldTasks;
    for (const [clusterArn, some] of byCluster(this.context, services)) {
      const read = (asked: readonly string[]) =>
        tasksOfServices(this.context, { clusterArn, services: asked, alsoTasks });
      const answer = await readTogether({ services: some, forbearance: this.forbearance, read });
      for (const [arn, tasks] of answer) seen.set(arn, tasks);
    }
    return seen;
  }

  /** What the service deployments brought. A revision never changes (developer guide, service-revision, documented): once is enough. */
  async revisions(
    deployments: readonly (readonly [service: string, ServiceDeploymentRecord | null | undefined])[],
  ): Promise<ByService<ServiceRevisionRecord>> {
    const arns = new Map(
      deployments.flatMap(([service, deployment]) =>
        deployment?.targetRevisionArn == null ? [] : [[service, deployment.targetRevisionArn]],
      ),
    );
    const known = memoryOf(this.context).revisions;
    const ofSome = (some: readonly string[]) =>
      new Map(
        some.flatMap((one) => {
          const revision = known.get(arns.get(one) ?? "");
          return revision === undefined ? [] : [[one, revision]];
        }),
      );
    const read = async (some: readonly string[]) => {
      const { found } = await this.context.ecs.describeServiceRevisions(some.flatMap((one) => arns.get(one) ?? []));
      for (const revision of found) known.set(revision.arn, revision);
      return ofSome(some);
    };
    const seen = ofSome([...arns.keys()]);
    const unseen = [...arns.keys()].filter((service) => !seen.has(service));
    const more = await readTogether({ services: unseen, forbearance: this.forbearance, read });
    return new Map([...seen, ...more]);
  }

  private async deploymentArn(arn: string, service: ServiceRecord | null): Promise<string | null> {
    const run = runOrFail(this.context.recorder.state, arn);
    if (run.serviceDeploymentArn !== null) return run.serviceDeploymentArn;
    if (service?.status !== "ACTIVE") return null;
    const told = findServiceDeployment({ run, service, listed: [] });
    return told ?? this.forbearance.attempt(() => this.findInList(arn, service));
  }

  private async findInList(arn: string, service: ServiceRecord): Promise<string | null> {
    const run = runOrFail(this.context.recorder.state, arn);
    const { clusterArn, name } = plannedOrFail(this.context.plan, arn);
    const listed = await this.context.ecs.listServiceDeployments({ clusterArn, service: name });
    return findServiceDeployment({ run, service, listed: sinceKnown(listed, run.knownServiceDeployments) });
  }
}

/** What this process has seen of what never changes again, by ARN. */
interface Memory {
  readonly ended: Map<string, ServiceDeploymentRecord>;
  readonly revisions: Map<string, ServiceRevisionRecord>;
}

const memories = new WeakMap<RunContext, Memory>();

function memoryOf(context: RunContext): Memory {
  const memory = memories.get(context) ?? { ended: new Map(), revisions: new Map() };
  memories.set(context, memory);
  return memory;
}
