// A task of no service, as RunTask leaves it behind, with its task definition.

import { buildTask } from "./build-task";
import { buildTaskDefinition } from "./build-task-definition";
import type { BuiltService, FleetPlace } from "./built";
import type { StandaloneTaskDraft } from "./drafts";
import { FleetProblem } from "./fleet-problem";
import { digestAtHand } from "./image-digest";
import { HEALTHY_START } from "./start-draft";

const HOUR_MS = 3_600_000;

export function buildStandaloneTask(
  { name, cluster, keyed, ageHours }: StandaloneTaskDraft,
  place: FleetPlace,
): BuiltService {
  if (keyed && place.clusterKeyArn === null) {
    throw new FleetProblem(
      `standalone task "${cluster}/${name}" is keyed in a cluster without a key`,
      "give the cluster a key",
    );
  }
  const family = `${cluster}-${name}`;
  const taskDefinition = buildTaskDefinition(
    { family, cpuUnits: 256, memoryMib: 512, windows: false, onFargate: true, start: HEALTHY_START },
    place,
  );
  const task = buildTask(
    {
      seedText: `standalone ${place.lane.account} ${cluster} ${name}`,
      group: `family:${family}`,
      startedBy: null,
      taskDefinition,
      imageDigest: digestAtHand(taskDefinition.containers[0]?.image ?? "", { multiArch: false, lane: place.lane }),
      capacityProviderName: null,
      platformVersion: "1.4.0",
      windows: false,
      kmsKeyArn: keyed ? place.clusterKeyArn : null,
      subnet: place.subnets[0] ?? null,
      createdAtMs: place.atMs - ageHours * HOUR_MS,
      running: true,
      oldArnFormat: false,
    },
    place,
  );
  return { service: null, taskDefinition, tasks: [task] };
}
