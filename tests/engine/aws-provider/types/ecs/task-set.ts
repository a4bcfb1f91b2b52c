// aws:ecs/taskSet:TaskSet, of a service with an EXTERNAL controller. Its id is `ID,SERVICE,CLUSTER`; only its scale and its
// tags change in place.

import { randomUUID } from "node:crypto";
import {
  CreateTaskSetCommand,
  type CreateTaskSetCommandInput,
  DeleteTaskSetCommand,
  DescribeTaskSetsCommand,
  type TaskSet,
  UpdateTaskSetCommand,
} from "@aws-sdk/client-ecs";
import { calling, isCode } from "../../call-error";
import type { PropertyMap, PropertyValue } from "../../property-values";
import type { ResourceContext, ResourceType } from "../../resource-type";
import { compact, mapOf, mapsOf, numberOf, textMapOf, textOf } from "../../state-values";
import { ecsTags, tagState, tagsFromEcs } from "../../tags";
import { until } from "../../waits";
import { changeEcsTags } from "./ecs-tags";
import {
  fromNetwork,
  fromRegistries,
  fromStrategy,
  toLoadBalancers,
  toNetwork,
  toRegistries,
  toStrategy,
} from "./service-parts";
import { taskSetInputs } from "./task-set-inputs";

const POLL_SECONDS = 10;
const TIMEOUT_SECONDS = 600;

export const taskSet: ResourceType = {
  token: "aws:ecs/taskSet:TaskSet",
  inputs: taskSetInputs,
  outputs: ["arn", "stabilityStatus", "status", "taskSetId"],

  problems(inputs) {
    if (inputs.launchType === undefined || mapsOf(inputs.capacityProviderStrategies).length === 0) return [];
    const reason = "Conflicting configuration arguments: launchType conflicts with capacityProviderStrategies";
    return [{ property: "launchType", reason }];
  },

  async create(context, planned) {
    const asked = context.aws.ecs.send(new CreateTaskSetCommand(createInput(planned)));
    const answer = await calling("creating ECS TaskSet", "ECS: CreateTaskSet", asked);
    const id = [answer.taskSet?.id, textOf(planned.service), textOf(planned.cluster)].join();
    context.created(id);
    await stableIfAsked(context, id, planned);
    return { id, state: await presentState(context, id, planned) };
  },

  async read(context, { id, state }) {
    const now = await stateOf(context, id, state);
    return now === null ? null : { id, state: now };
  },

  async update(context, { id, olds, news, changed }) {
    const what = `ECS Task Set (${id})`;
    if (changed.has("tagsAll")) await changeEcsTags(context, { arn: textOf(news.arn) ?? "", what, olds, news });
    if ([...changed].some((property) => property !== "tags" && property !== "tagsAll")) {
      const asked = context.aws.ecs.send(new UpdateTaskSetCommand({ ...placeOf(id), scale: toScale(news.scale) }));
      await calling(`updating ${what}`, "ECS: UpdateTaskSet", asked);
      await stableIfAsked(context, id, news);
    }
    return presentState(context, id, news);
  },

  async delete(context, { id, state }) {
    try {
      const asked = context.aws.ecs.send(
        new DeleteTaskSetCommand({ ...placeOf(id), force: state.forceDelete === true }),
      );
      await calling(`deleting ECS Task Set (${id})`, "ECS: DeleteTaskSet", asked);
    } catch (error) {
      if (isCode(error, "TaskSetNotFoundException")) return;
      throw error;
    }
    const done = async (): Promise<boolean> => (await described(context, id)) === null;
    const what = `ECS Task Set (${id}) delete`;
    await until(context, { what, everySeconds: POLL_SECONDS, timeoutSeconds: TIMEOUT_SECONDS, done });
  },
};

function createInput(planned: PropertyMap): CreateTaskSetCommandInput {
  const strategy = toStrategy(mapsOf(planned.capacityProviderStrategies));
  const balancers = toLoadBalancers(planned.loadBalancers);
  const registries = toRegistries(planned.serviceRegistries);
  return compact({
    clientToken: randomUUID(),
    cluster: textOf(planned.cluster) ?? "",
    service: textOf(planned.service) ?? "",
    taskDefinition: textOf(planned.taskDefinition) ?? "",
    capacityProviderStrategy: strategy.length === 0 ? undefined : strategy,
    externalId: textOf(planned.externalId),
    launchType: textOf(planned.launchType) as "FARGATE" | undefined,
    loadBalancers: balancers.length === 0 ? undefined : balancers,
    networkConfiguration: toNetwork(planned.networkConfiguration),
    platformVersion: textOf(planned.platformVersion),
    scale: planned.scale === undefined ? undefined : toScale(planned.scale),
    serviceRegistries: registries.length === 0 ? undefined : registries,
    tags: ecsTags(textMapOf(planned.tagsAll)),
  }) as CreateTaskSetCommandInput;
}

function toScale(value: PropertyValue | undefined) {
  const scale = mapOf(value) ?? {};
  return { unit: (textOf(scale.unit) ?? "PERCENT") as "PERCENT", value: numberOf(scale.value) ?? 0 };
}

function placeOf(id: string) {
  const [set, service, cluster, ...more] = id.split(",");
  if (set && service && cluster && more.length === 0) return { taskSet: set, service, cluster };
  throw new Error(`unexpected format for ID (${id}), expected TASK_SET_ID,SERVICE,CLUSTER`);
}

async function described(context: ResourceContext, id: string, tags = false): Promise<TaskSet | null> {
  const { taskSet: set, ...where } = placeOf(id);
  const input = { ...where, taskSets: [set], ...(tags ? { include: ["TAGS" as const] } : {}) };
  try {
    const asked = context.aws.ecs.send(new DescribeTaskSetsCommand(input));
    const answer = await calling(`reading ECS Task Set (${id})`, "ECS: DescribeTaskSets", asked);
    return answer.taskSets?.[0] ?? null;
  } catch (error) {
    const gone = ["ClusterNotFoundException", "ServiceNotFoundException", "TaskSetNotFoundException"];
    if (isCode(error, ...gone)) return null;
    throw error;
  }
}

function stableIfAsked(context: ResourceContext, id: string, planned: PropertyMap): Promise<void> {
  if (planned.waitUntilStable !== true) return Promise.resolve();
  return until(context, {
    what: `ECS Task Set (${id}) to be stable`,
    everySeconds: POLL_SECONDS,
    timeoutSeconds: TIMEOUT_SECONDS,
    done: async () => (await described(context, id))?.stabilityStatus === "STEADY_STATE",
  });
}

async function stateOf(context: ResourceContext, id: string, old: PropertyMap): Promise<PropertyMap | null> {
  const now = await described(context, id, true);
  if (now === null) return null;
  const { service, cluster } = placeOf(id);
  return {
    ...old,
    arn: now.taskSetArn ?? "",
    capacityProviderStrategies: fromStrategy(now.capacityProviderStrategy),
    cluster,
    externalId: now.externalId ?? "",
    launchType: now.launchType ?? "",
    networkConfiguration: fromNetwork(now.networkConfiguration),
    platformVersion: now.platformVersion ?? "",
    scale: { unit: now.scale?.unit ?? "PERCENT", value: now.scale?.value ?? 0 },
    service,
    serviceRegistries: fromRegistries(now.serviceRegistries),
    stabilityStatus: now.stabilityStatus ?? "",
    status: now.status ?? "",
    taskDefinition: now.taskDefinition ?? "",
    taskSetId: now.id ?? "",
    ...tagState(tagsFromEcs(now.tags), old, context.defaultTags),
  };
}

async function presentState(context: ResourceContext, id: string, old: PropertyMap): Promise<PropertyMap> {
  const state = await stateOf(context, id, old);
  if (state === null) throw new Error(`reading ECS Task Set (${id}): couldn't find resource`);
  return state;
}
