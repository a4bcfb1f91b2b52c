// task-roles-separate: the application of a task does not hold the rights with which ECS starts it.
//
// Why a check of the stack: before the first update both ARNs are unknown, and only what they were made from tells whether they are one.
//
// Invariants
//   two unknown values are never compared; that each was made from one and the same role of the stack, and from nothing else, is enough
//   no task role is right, and so is no execution role: what is absent grants nothing
// Sources: ECS API reference, RegisterTaskDefinition.taskRoleArn (documented): short name or full ARN, so a name is compared with an
//   ARN's end; Amazon ECS developer guide, task execution role and task role (documented).

import { lastPart } from "../../../domain/arn";
import { type Look, lookAt, shown } from "../look";
import { construction, NATIVE_ROLE, NATIVE_TASK_DEFINITION, ROLE, TASK_DEFINITION } from "../resource-types";
import type { Finding, Rule, StackSubject } from "../rule";
import { withUrns } from "../stack/once-a-stack";
import { fail, notApplicable, pass, type Verdict } from "../verdict";

const DEFINITIONS: readonly string[] = [TASK_DEFINITION, NATIVE_TASK_DEFINITION];
const ROLES: readonly string[] = [ROLE, NATIVE_ROLE];
const PROPERTIES = ["taskRoleArn", "executionRoleArn"];

export const taskRolesSeparate: Rule = {
  id: "task-roles-separate",
  title: "A task's role and its execution role are two roles.",
  levels: { baseline: "disabled", strict: "advisory" },
  severity: "medium",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["AC-5", "AC-6"] }],
  why:
    "The execution role pulls images, reads secrets and writes logs before the task starts. As the task's role too, all of that " +
    "is open to whoever breaks into the application.",
  remedy: "Give the task a role of its own with what its application needs, or none.",
  limits:
    "It runs at the end of a preview or update. It compares known ARNs and names, and roles of the same stack by what the " +
    "properties were made from. What the roles allow, and whether several task definitions share a role, is not judged.",
  example: [
    "const trust = JSON.stringify({",
    '  Version: "2012-10-17",',
    '  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],',
    "});",
    'const starts = new aws.iam.Role("web-execution", { assumeRolePolicy: trust });',
    'const runs = new aws.iam.Role("web-task", { assumeRolePolicy: trust });',
    'new aws.ecs.TaskDefinition("web", {',
    '  family: "web",',
    "  executionRoleArn: starts.arn,",
    "  taskRoleArn: runs.arn,",
    '  containerDefinitions: JSON.stringify([{ name: "web", image: "web:1" }]),',
    "});",
  ],
  judges: DEFINITIONS,
  reads: {
    ...Object.fromEntries(DEFINITIONS.map((type) => [type, PROPERTIES])),
    ...Object.fromEntries(ROLES.map((type) => [type, []])),
  },
  checkStack: check,
};

function check(resources: readonly StackSubject[]): readonly Finding[] {
  const definitions = resources.filter(({ type }) => DEFINITIONS.includes(type));
  return definitions.map((subject) => ({ subject, verdict: judge(subject, resources) }));
}

function judge(subject: StackSubject, resources: readonly StackSubject[]): Verdict {
  const task = lookAt(subject.properties, "taskRoleArn");
  const execution = lookAt(subject.properties, "executionRoleArn");
  if (task.state === "absent") return pass("no task role: the application holds no rights");
  if (execution.state === "absent") return pass("no execution role beside the task's");
  if (task.state === "known" && execution.state === "known") {
    return isSameRole(String(task.value), String(execution.value))
      ? shared(subject, `both are ${shown(task.value)}`, task)
      : pass("two roles");
  }
  if (task.state !== execution.state)
    return notApplicable("a known role is not compared with one that is not known yet");
  const role = sharedSource(subject, resources);
  if (role === null) return pass("not made from one role of the stack alone");
  return shared(subject, `both are made from role "${role.name}" of this stack`, task);
}

function isSameRole(one: string, other: string): boolean {
  if (one.includes(":") && other.includes(":")) return one === other;
  return lastPart(one) === lastPart(other);
}

/** The role of the stack that is the only source of both properties. */
function sharedSource({ madeFrom }: StackSubject, resources: readonly StackSubject[]): StackSubject | null {
  const [task, execution] = PROPERTIES.map((name) => madeFrom[name] ?? []);
  const [source, ...others] = new Set([...(task ?? []), ...(execution ?? [])]);
  if (others.length > 0 || task?.length === 0 || execution?.length === 0) return null;
  return withUrns(resources, source === undefined ? [] : [source]).find(({ type }) => ROLES.includes(type)) ?? null;
}

function shared(subject: StackSubject, seen: string, task: Look): Verdict {
  return fail({
    reason: `Task definition "${subject.name}" gives its application the execution role.`,
    evidence: [`taskRoleArn and executionRoleArn: ${seen}`],
    change: [
      `  ${construction(subject)}`,
      `-   taskRoleArn: ${task.state === "known" ? shown(task.value) : "role.arn"},`,
      "+   taskRoleArn: taskRole.arn,   // only what the application needs",
      "  });",
    ],
  });
}
