// aws:ecs/cluster:Cluster.
// Invariants of the official one, kept on purpose: CreateCluster on an existing name adopts it in silence; an update sends the
// whole `configuration`, or none where the program has none, and does not read it back.

import { CreateClusterCommand, DeleteClusterCommand, UpdateClusterCommand } from "@aws-sdk/client-ecs";
import { calling, isCode } from "../../call-error";
import type { ResourceContext, ResourceType } from "../../resource-type";
import { compact, textMapOf, textOf } from "../../state-values";
import { ecsTags, tagState, tagsFromEcs } from "../../tags";
import { until } from "../../waits";
import { clusterInputs, fromCluster, toClusterSettings } from "./cluster-shape";
import { availableCluster, describeCluster } from "./describe-cluster";
import { changeEcsTags, listEcsTags } from "./ecs-tags";

const UPDATED_BY = ["configuration", "serviceConnectDefaults", "settings"] as const;
const DELETION_WAITS_FOR = [
  "ClusterContainsContainerInstancesException",
  "ClusterContainsServicesException",
  "ClusterContainsTasksException",
  "UpdateInProgressException",
] as const;
const DELETION_TIMEOUT_SECONDS = 600;
const POLL_SECONDS = 10;

export const cluster: ResourceType = {
  token: "aws:ecs/cluster:Cluster",
  inputs: clusterInputs,
  outputs: ["arn"],

  async create(context, planned) {
    const clusterName = textOf(planned.name) ?? "";
    const tags = ecsTags(textMapOf(planned.tagsAll));
    const input = compact({ clusterName, ...toClusterSettings(planned), tags });
    const asked = context.aws.ecs.send(new CreateClusterCommand(input));
    const created = await calling(`creating ECS Cluster (${clusterName})`, "ECS: CreateCluster", asked);
    const id = created.cluster?.clusterArn ?? "";
    context.created(id);
    await availableCluster(context, id);
    const now = await availableCluster(context, id);
    const held = tagState(tagsFromEcs(now.tags), planned, context.defaultTags);
    return { id, state: { ...planned, ...fromCluster(now), ...held } };
  },

  async read(context, { id, state }) {
    const now = await describeCluster(context, id);
    if (now === null) return null;
    const held = tagState(tagsFromEcs(now.tags), state, context.defaultTags);
    return { id, state: { ...state, ...fromCluster(now), ...held } };
  },

  async update(context, { id, olds, news, changed }) {
    const what = `ECS Cluster (${id})`;
    if (changed.has("tagsAll")) await changeEcsTags(context, { arn: id, what, olds, news });
    if (UPDATED_BY.some((property) => changed.has(property))) {
      const asked = context.aws.ecs.send(new UpdateClusterCommand({ cluster: id, ...toClusterSettings(news) }));
      await calling(`updating ${what}`, "ECS: UpdateCluster", asked);
      await availableCluster(context, id);
    }
    return { ...news, ...tagState(await listEcsTags(context, id, what), news, context.defaultTags) };
  },

  async delete(context, { id }) {
    const poll = { everySeconds: POLL_SECONDS, timeoutSeconds: DELETION_TIMEOUT_SECONDS };
    await until(context, { ...poll, what: `ECS Cluster (${id}) to be empty`, done: () => deletionTaken(context, id) });
    const done = async (): Promise<boolean> => (await describeCluster(context, id)) === null;
    await until(context, { ...poll, what: `ECS Cluster (${id}) delete`, done });
  },

  /** The import id is the name: an ARN is none. */
  imported({ partition, region, account }, name) {
    if (name.includes(":")) return null;
    return { id: `arn:${partition}:ecs:${region}:${account}:cluster/${name}`, state: { name } };
  },
};

/** False while something in the cluster still keeps it. */
async function deletionTaken({ aws }: ResourceContext, id: string): Promise<boolean> {
  try {
    const asked = aws.ecs.send(new DeleteClusterCommand({ cluster: id }));
    await calling(`deleting ECS Cluster (${id})`, "ECS: DeleteCluster", asked);
    return true;
  } catch (error) {
    if (isCode(error, "ClusterNotFoundException")) return true;
    if (isCode(error, ...DELETION_WAITS_FOR)) return false;
    throw error;
  }
}
