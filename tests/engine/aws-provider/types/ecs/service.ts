// aws:ecs/service:Service.
// Invariants of the official one, kept on purpose: with forceNewDeployment every update but that of tags and forceDelete sends
// it; changed triggers without it are no change; another capacity provider strategy without it is refused at plan time.

import { randomUUID } from "node:crypto";
import { CreateServiceCommand, DeleteServiceCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { calling, isCode } from "../../call-error";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext, ResourceType } from "../../resource-type";
import { textOf } from "../../state-values";
import { tagState, tagsFromEcs } from "../../tags";
import { until } from "../../waits";
import { changeEcsTags } from "./ecs-tags";
import { serviceInputs } from "./service-inputs";
import { fromService, toCreateService, toUpdateService } from "./service-shape";
import { describeService, type ServiceReference, serviceGone, serviceReady } from "./service-waits";

const NO_UPDATE: ReadonlySet<string> = new Set(["tags", "tagsAll", "forceDelete"]);

export const service: ResourceType = {
  token: "aws:ecs/service:Service",
  inputs: serviceInputs,
  outputs: ["arn"],

  adjustDiff(changes, _olds, news) {
    const forces = news.forceNewDeployment === true;
    if (!forces && changes.some(({ property }) => property === "capacityProviderStrategies")) {
      throw new Error("force_new_deployment should be true when capacity_provider_strategy is being updated");
    }
    return forces ? changes : changes.filter(({ property }) => property !== "triggers");
  },

  async create(context, planned) {
    const name = textOf(planned.name) ?? "";
    const asked = context.aws.ecs.send(new CreateServiceCommand(toCreateService(planned, randomUUID())));
    const answer = await calling(`creating ECS Service (${name})`, "ECS: CreateService", asked);
    const id = answer.service?.serviceArn ?? "";
    context.created(id);
    const what = `ECS Service (${id}) create`;
    await serviceReady(context, { ...reference(id, planned), what, steady: planned.waitForSteadyState === true });
    return { id, state: await presentState(context, id, planned) };
  },

  async read(context, { id, state }) {
    const now = await stateOf(context, id, state);
    return now === null ? null : { id: textOf(now.arn) ?? id, state: now };
  },

  async update(context, { id, olds, news, changed }) {
    if (changed.has("tagsAll")) await changeEcsTags(context, { arn: id, what: `ECS Service (${id})`, olds, news });
    if ([...changed].some((property) => !NO_UPDATE.has(property))) {
      const asked = context.aws.ecs.send(new UpdateServiceCommand(toUpdateService(news, changed)));
      await calling(`updating ECS Service (${id})`, "ECS: UpdateService", asked);
      const what = `ECS Service (${id}) update`;
      await serviceReady(context, { ...reference(id, news), what, steady: news.waitForSteadyState === true });
    }
    return presentState(context, id, news);
  },

  async delete(context, { id, state }) {
    const where = reference(id, state);
    const now = await describeService(context, where, { tags: false });
    if (now === null || now.status === "INACTIVE") return;
    if (now.status !== "DRAINING" && now.schedulingStrategy !== "DAEMON") {
      const asked = context.aws.ecs.send(new UpdateServiceCommand({ ...where, desiredCount: 0 }));
      await calling(`draining ECS Service (${id})`, "ECS: UpdateService", asked);
    }
    const done = () => deletionTaken(context, where, state.forceDelete === true);
    await until(context, { what: `ECS Service (${id}) deployments`, everySeconds: 10, timeoutSeconds: 1_200, done });
    await serviceGone(context, where);
  },

  imported({ partition, region, account }, importId) {
    const [clusterName, name, ...more] = importId.split("/");
    if (!clusterName || !name || more.length > 0) {
      throw new Error(`wrong format of resource: ${importId}, expecting 'cluster-name/service-name'`);
    }
    const cluster = `arn:${partition}:ecs:${region}:${account}:cluster/${clusterName}`;
    return { id: name, state: { cluster, name } };
  },
};

function reference(id: string, state: PropertyMap): ServiceReference {
  return { service: id, cluster: textOf(state.cluster) };
}

/** False while active deployments keep the service from being stopped. */
async function deletionTaken({ aws }: ResourceContext, where: ServiceReference, force: boolean): Promise<boolean> {
  try {
    const asked = aws.ecs.send(new DeleteServiceCommand({ ...where, force }));
    await calling(`deleting ECS Service (${where.service})`, "ECS: DeleteService", asked);
    return true;
  } catch (error) {
    const busy = "The service cannot be stopped while deployments are active.";
    if (isCode(error, "InvalidParameterException") && error.said.includes(busy)) return false;
    throw error;
  }
}

async function stateOf(context: ResourceContext, id: string, old: PropertyMap): Promise<PropertyMap | null> {
  const now = await describeService(context, reference(id, old), { tags: true });
  if (now === null || now.status !== "ACTIVE") return null;
  return { ...old, ...fromService(now, old), ...tagState(tagsFromEcs(now.tags), old, context.defaultTags) };
}

async function presentState(context: ResourceContext, id: string, old: PropertyMap): Promise<PropertyMap> {
  const state = await stateOf(context, id, old);
  if (state === null) throw new Error(`reading ECS Service (${id}): couldn't find resource`);
  return state;
}
