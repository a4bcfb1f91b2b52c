// Whether the tasks of each planned service can start again, and start as what runs now.
// Invariant: each thing that a start reads has a question of its own, so that a fail says what to mend.

import { isPinnedByDigest } from "../../../../domain/image-reference";
import { imageDrift } from "../../classify/image-drift";
import { imageMoved } from "../../classify/image-moved";
import type { StartObstacleKind } from "../../classify/start-obstacles";
import { type Unseen, unseenDefinition } from "../../classify/start-question";
import { askServices, type ServiceJudgement, unseenFindings } from "../ask-services";
import type { ServiceNow } from "../facts";
import { fails, notSeen, type Question } from "../question";

const STOPPED_TASKS = {
  page: "AmazonECS/latest/developerguide/stopped-task-error-codes",
  standing: "documented",
} as const;
const SERVICES = ["service", "services"] as const;

export const SERVICES_START: readonly Question[] = [
  {
    id: "tasks-run",
    level: "stops",
    title: "services that want tasks have some",
    asks: "at least one task runs of every planned service that wants any: a service that cannot start now will not start anew",
    source: { page: "a service that is down already is no service to redeploy", standing: "ours" },
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        ...obstacle("nothing-runs", []),
        pass: ["service has its tasks", "services have their tasks"],
      }),
  },
  {
    id: "task-definitions-active",
    level: "stops",
    title: "the task definitions are ACTIVE",
    asks: "no planned service uses a task definition that was deregistered: no service can be updated to one, and that a bare forced deployment fails too is inferred",
    source: { page: "AmazonECS/latest/APIReference/API_DeregisterTaskDefinition", standing: "inferred" },
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        ...obstacle("task-definition-inactive", ["task-definition"]),
        pass: ["service has an ACTIVE task definition", "services have ACTIVE task definitions"],
      }),
  },
  {
    id: "images-present",
    level: "stops",
    title: "the images are there",
    asks: "every image that a task definition names is still in its Amazon ECR repository; other registries cannot be asked, and their images are unknown",
    source: STOPPED_TASKS,
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        ...obstacle("image-gone", ["task-definition", "image", "image-elsewhere"]),
        pass: ["service has all of its images", "services have all of their images"],
      }),
  },
  {
    id: "images-unmoved",
    level: "stops",
    title: "the images are those that run",
    asks: "no tag was moved since the running tasks started: a redeployment would bring out code that nobody decided to bring out now",
    source: { page: "AmazonECS/latest/APIReference/API_Container", standing: "documented" },
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        pass: ["service would start the image that it runs", "services would start the images that they run"],
        allowed: "image-drift",
        judge(service) {
          const moved = imageMoved(service);
          if (moved !== null) return [fails(service.name, moved.reason, moved.remedy)];
          const unseen = [...imageDrift(service).unseen, ...unseenDefinition(service, "which images it runs")];
          return unseenFindings(service, unseen, ["drift", "task-definition"]);
        },
      }),
  },
  {
    id: "secrets-present",
    level: "stops",
    title: "the secrets and parameters are there",
    asks: "every Secrets Manager secret and Systems Manager parameter that a start reads exists and is not being deleted; values are never asked for",
    source: STOPPED_TASKS,
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        ...obstacle("secret-missing", ["task-definition", "secret"]),
        pass: ["service has all of its secrets", "services have all of their secrets"],
      }),
  },
  {
    id: "log-groups-present",
    level: "stops",
    title: "the log groups are there",
    asks: "every log group that the awslogs driver writes to and does not create itself exists; those of other Regions are unknown",
    source: { page: "AmazonECS/latest/developerguide/using_awslogs", standing: "documented" },
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        ...obstacle("log-group-missing", ["task-definition", "log-group"]),
        pass: ["service has all of its log groups", "services have all of their log groups"],
      }),
  },
  {
    id: "images-by-digest",
    level: "advises",
    title: "the images are named by digest",
    asks: "every image is named by its digest, which no one can move; those named by tag are pulled anew by each task that starts",
    source: { page: "AmazonECS/latest/bestpracticesguide/container-and-task", standing: "documented" },
    subjects: SERVICES,
    ask: (facts) =>
      askServices(facts, {
        pass: ["service names its images by digest", "services name their images by digest"],
        judge: ({ name, taskDefinition }) => {
          if (taskDefinition?.kind === "unknown") return [notSeen(name, taskDefinition)];
          const isNamedByTag = taskDefinition?.value.containers.some(({ image }) => !isPinnedByDigest(image)) === true;
          const remedy = "name images by digest in the next task definition revision";
          return isNamedByTag ? [fails(name, "names an image by its tag", remedy)] : [];
        },
      }),
  },
];

/** One kind of what `cannot-start` is made of, with what could not be seen of it. */
function obstacle(
  kind: StartObstacleKind,
  unseenKinds: readonly Unseen["kind"][],
): Pick<ServiceJudgement, "allowed" | "judge"> {
  return {
    allowed: "cannot-start",
    judge(service: ServiceNow) {
      const { obstacles, unseen } = service.start;
      const found = obstacles.filter((one) => one.kind === kind);
      return [
        ...found.map(({ what, remedy }) => fails(service.name, what, remedy)),
        ...unseenFindings(service, unseen, unseenKinds),
      ];
    },
  };
}
