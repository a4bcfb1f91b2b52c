// What would keep the tasks of a service from starting again: a forced deployment pulls images anew, reads secrets anew and opens
// its log groups anew, so something that was taken away since the tasks started breaks a service that ran for months.
// Sources: Amazon ECS developer guide, "Stopped tasks error messages" (images and secrets that cannot be read; documented) and
// "awslogs log driver" (a group must exist unless awslogs-create-group is set; documented); API reference,
// DeregisterTaskDefinition (no service can be updated to an INACTIVE one; documented; that a bare force fails too is inferred).
//
// Invariants
//   what a new deployment would need comes before what must be deployed, so that steps can be taken in their order
//   everything that is found is told, each thing once; what could not be seen is no obstacle, and is told as unseen
//   a container that is not essential counts too: a task that runs without it is not the service that ran before

import { lastPart, parseArn } from "../../../domain/arn";
import type { ContainerRecord, ServiceRecord, TaskDefinitionRecord } from "../../../domain/fleet";
import { parseImageReference } from "../../../domain/image-reference";
import { isProblem } from "../../../domain/problem";
import { parseSecretReference, type SecretReference } from "../../../domain/secret-reference";
import { counted } from "../words/counted";
import { ecsServiceCommand, type RemedyStep, remedyText, shellCommand } from "../words/remedy-command";
import { type StartQuestion, type Unseen, unseen } from "./start-question";

export type StartObstacleKind =
  | "nothing-runs"
  | "task-definition-inactive"
  | "image-gone"
  | "secret-missing"
  | "log-group-missing";

export interface StartObstacle extends RemedyStep {
  readonly kind: StartObstacleKind;
  /** A sentence without its full stop, as in "secret db-password is being deleted". */
  readonly what: string;
  /** The step as one text: action and command. */
  readonly remedy: string;
}

export interface StartAnswer {
  readonly obstacles: readonly StartObstacle[];
  readonly unseen: readonly Unseen[];
}

export function startObstacles(question: StartQuestion): StartAnswer {
  const { service, taskDefinition } = question;
  const running = nothingRuns(service);
  if (taskDefinition === null) return { obstacles: running, unseen: [] };
  if (taskDefinition.kind === "unknown") {
    const subject = service.taskDefinitionArn ?? "";
    const what = "what a start of its tasks reads";
    return { obstacles: running, unseen: [unseen("task-definition", subject, { fact: taskDefinition, what })] };
  }
  const definition = taskDefinition.value;
  const images = once(definition.containers.map(({ image }) => image)).map((image) => askImage(question, image));
  const others = [
    ...once(definition.containers.flatMap(({ secretArns }) => secretArns)).map((one) => askSecret(question, one)),
    ...definition.containers.filter(isFirstOfItsLogGroup).map((container) => askLogGroup(question, container)),
  ];
  const needed = [...others, ...images].flatMap(({ obstacles }) => obstacles);
  return {
    obstacles: [...running, ...needed, ...inactive(service, definition)],
    unseen: [...images, ...others].flatMap((part) => part.unseen),
  };
}

const NOTHING: StartAnswer = { obstacles: [], unseen: [] };

function nothingRuns(service: ServiceRecord): readonly StartObstacle[] {
  if (service.desiredCount === 0 || service.runningCount > 0) return [];
  const event = service.events[0];
  const newest = event === undefined ? "" : `; newest event: ${event.message.replace(/\.\s*$/, "")}`;
  const what = `0 of ${counted(service.desiredCount, "task")} run${newest}`;
  const command = ecsServiceCommand("describe-services", targetOf(service), "--query", "services[0].events[:5]");
  return [obstacle("nothing-runs", what, { action: "find out why its tasks do not run", command })];
}

function inactive(service: ServiceRecord, { arn, status, family }: TaskDefinitionRecord): readonly StartObstacle[] {
  if (status !== "INACTIVE") return [];
  const step = { action: "register it anew and deploy that revision", command: deploy(service, family) };
  return [obstacle("task-definition-inactive", `task definition ${arn} is INACTIVE`, step)];
}

function askImage({ service, taskDefinition, surroundings }: StartQuestion, image: string): StartAnswer {
  const fact = surroundings.image(image);
  if (fact.kind === "unknown") {
    const isElsewhere = fact.permission === undefined && parseImageReference(image).kind === "elsewhere";
    const what = `whether image ${image} is still there`;
    return { obstacles: [], unseen: [unseen(isElsewhere ? "image-elsewhere" : "image", image, { fact, what })] };
  }
  if (fact.value !== null) return NOTHING;
  const family = taskDefinition?.kind === "known" ? taskDefinition.value.family : "TASK_DEFINITION";
  const step = {
    action:
      "push it again, allow cannot-start where a pull-through cache brings it back, or deploy a task definition whose image is there",
    command: deploy(service, family),
  };
  return found(obstacle("image-gone", `image ${image} is no longer in its repository`, step));
}

function askSecret({ surroundings }: StartQuestion, written: string): StartAnswer {
  const fact = surroundings.secret(written);
  const secret = parseSecretReference(written);
  const name = `${secret.kind} ${secret.name}`;
  if (fact.kind === "unknown")
    return { obstacles: [], unseen: [unseen("secret", secret.reference, { fact, what: `whether ${name} exists` })] };
  switch (fact.value) {
    case "present":
      return NOTHING;
    case "being-deleted":
      return found(
        obstacle("secret-missing", `${name} is being deleted`, {
          action: `cancel the deletion of ${name}`,
          command: shellCommand("aws", "secretsmanager", "restore-secret", "--secret-id", secret.reference),
        }),
      );
    case "missing":
      return found(obstacle("secret-missing", `${name} does not exist`, createSecret(secret)));
  }
}

/** A secret that is made anew has another ARN; a parameter keeps its name. Values come from a file, never from a command line. */
function createSecret({ kind, name }: SecretReference): RemedyStep {
  if (kind === "parameter") {
    const put = ["aws", "ssm", "put-parameter", "--name", name, "--type", "SecureString", "--value", "file://VALUE"];
    return { action: `create parameter ${name} again`, command: shellCommand(...put) };
  }
  const plainName = name.replace(/-[A-Za-z0-9]{6}$/, "");
  const create = ["create-secret", "--name", plainName, "--secret-string", "file://VALUE"];
  return {
    action: `create secret ${plainName} again and deploy a task definition that names its new ARN`,
    command: shellCommand("aws", "secretsmanager", ...create),
  };
}

function askLogGroup({ service, surroundings }: StartQuestion, { logGroup, logRegion }: ContainerRecord): StartAnswer {
  const name = logGroup ?? "";
  const what = `whether log group ${name} exists`;
  if (!isOwnRegion(logRegion, service)) {
    const fact = { kind: "unknown", why: `it is in ${logRegion}, and a scan asks its own Region only` } as const;
    return { obstacles: [], unseen: [unseen("log-group", name, { fact, what })] };
  }
  const fact = surroundings.logGroup(name);
  if (fact.kind === "unknown") return { obstacles: [], unseen: [unseen("log-group", name, { fact, what })] };
  if (fact.value) return NOTHING;
  const command = shellCommand("aws", "logs", "create-log-group", "--log-group-name", name);
  const step = { action: `create log group ${name}`, command };
  return found(obstacle("log-group-missing", `log group ${name} does not exist`, step));
}

function isFirstOfItsLogGroup(container: ContainerRecord, at: number, all: readonly ContainerRecord[]): boolean {
  const { logGroup, logRegion } = container;
  if (logGroup === null || container.createsLogGroup) return false;
  const same = all.filter((one) => one.logGroup === logGroup && one.logRegion === logRegion && !one.createsLogGroup);
  return same[0] === all[at];
}

function found(one: StartObstacle): StartAnswer {
  return { obstacles: [one], unseen: [] };
}

function obstacle(kind: StartObstacleKind, what: string, step: RemedyStep): StartObstacle {
  return { kind, what, ...step, remedy: remedyText([step]) };
}

function deploy(service: ServiceRecord, family: string): string {
  return ecsServiceCommand("update-service", targetOf(service), "--task-definition", family);
}

/** Null is the task's own Region, which is its cluster's. */
export function isOwnRegion(logRegion: string | null, { clusterArn }: ServiceRecord): boolean {
  const arn = parseArn(clusterArn);
  return logRegion === null || (!isProblem(arn) && arn.region === logRegion);
}

function targetOf({ clusterArn, name }: ServiceRecord): { readonly clusterName: string; readonly serviceName: string } {
  return { clusterName: lastPart(clusterArn), serviceName: name };
}

function once(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
