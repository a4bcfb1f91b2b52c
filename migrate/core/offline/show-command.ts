// The AWS CLI commands whose output shows what is missing, for a POSIX shell: paste, run, put the file into the folder.
//
// Invariants
//   every command only reads, writes JSON whatever the profile says, and names its Region
//   what comes out of files stands in quotes
//   what may stand in a file of that name already is added to, not written over
//   a key's policy is written behind its description: GetKeyPolicy does not name the key

import { lastPart } from "../../../domain/arn";
import { shellCommand, shellWord } from "../words/remedy-command";
import type { GapKind } from "./gap";
import { surroundingCommand } from "./show-surrounding-command";

/** A command of the CLI with its Region and form of output, ready to paste. */
export type AwsCommand = (service: string, verb: string, ...more: readonly string[]) => string;

/** One command for all subjects; for services and tasks of one cluster. */
export function showCommand(kind: GapKind, subjects: readonly string[], region: string): string {
  const aws: AwsCommand = (service, verb, ...more) =>
    shellCommand("aws", service, verb, "--region", region, "--output", "json", ...more);
  const [first = ""] = subjects;
  const name = lastPart(first);
  switch (kind) {
    case "configuration": {
      const include = ["--include", "CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"];
      return `${aws("ecs", "describe-clusters", ...include, "--clusters", ...subjects.map(lastPart))} >> clusters.json`;
    }
    case "services": {
      const describe = aws("ecs", "describe-services", "--include", "TAGS", "--cluster", name, "--services");
      return `${lister("list-services", "serviceArns[]", { region, name })} | xargs -r -n 10 ${describe} > ${file("services", name)}`;
    }
    case "tasks":
      return `${tasks({ region, name })} > ${file("tasks", name)} && ${tasks({ region, name }, "STOPPED")} >> ${file("tasks", name)}`;
    case "task-definition": {
      const describe = aws("ecs", "describe-task-definition", "--task-definition");
      const definitions = subjects.map((arn) => shellWord(lastPart(arn)));
      return subjects.length === 1
        ? `${describe} ${definitions.join()} >> task-definitions.json`
        : `printf '%s\\n' ${definitions.join(" ")} | xargs -n 1 ${describe} >> task-definitions.json`;
    }
    case "key":
    case "key-policy":
    case "key-rotation":
      return subjects.map((key) => keyCommand(key, aws)).join(" && ");
    case "protection":
      return `${lister("list-tasks", "taskArns[]", { region, name })} | xargs -r -n 100 ${aws("ecs", "get-task-protection", "--cluster", name, "--tasks")} > ${file("protection", name)}`;
    case "subnet":
      return `${aws("ec2", "describe-subnets", "--subnet-ids", ...subjects)} >> subnets.json`;
    default:
      return surroundingCommand(kind, subjects, aws);
  }
}

interface OfCluster {
  readonly region: string;
  readonly name: string;
}

function lister(verb: string, query: string, { region, name }: OfCluster, ...more: readonly string[]): string {
  const selection = ["--region", region, "--cluster", name, ...more, "--query", query, "--output", "text"];
  return shellCommand("aws", "ecs", verb, ...selection);
}

function tasks(of: OfCluster, status: "RUNNING" | "STOPPED" = "RUNNING"): string {
  const list = lister("list-tasks", "taskArns[]", of, "--desired-status", status);
  const describe = shellCommand("aws", "ecs", "describe-tasks", "--region", of.region, "--output", "json");
  return `${list} | xargs -r -n 100 ${describe} ${shellCommand("--cluster", of.name, "--tasks")}`;
}

function keyCommand(key: string, aws: AwsCommand): string {
  const to = file("key", lastPart(key));
  const policy = aws("kms", "get-key-policy", "--key-id", key, "--policy-name", "default");
  const rotation = aws("kms", "get-key-rotation-status", "--key-id", key);
  return `${aws("kms", "describe-key", "--key-id", key)} > ${to} && ${policy} >> ${to} && ${rotation} >> ${to}`;
}

/** A plain name, whatever the thing is called. */
function file(what: string, name: string): string {
  return `${what}-${name.replace(/[^\w.-]+/g, "-").slice(0, NAME_MAX)}.json`;
}

const NAME_MAX = 60;
