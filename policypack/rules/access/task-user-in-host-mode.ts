// task-user-in-host-mode: a container that shares the host's network is root on purpose, or not at all.
//
// Invariants
//   one container is enough, and each is judged by itself: privileged, or a user that is not root
//   what Fargate runs is never judged: its network mode is awsvpc
// Sources: AWS Config, ecs-task-definition-user-for-host-mode-check (documented): NON_COMPLIANT with privileged false or null and user
//   root or null; ECS API reference, ContainerDefinition.user (documented): user, user:group, uid, uid:gid. That uid 0 is root is Linux.

import { isOn } from "../block-at";
import { type Look, lookAt, type Properties, shown } from "../look";
import { construction, NATIVE_TASK_DEFINITION, TASK_DEFINITION } from "../resource-types";
import type { Rule, Subject } from "../rule";
import { CONTAINERS_PROPERTY, type Containers, containersOf } from "../stack/container-definitions";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";

const PROPERTIES = ["networkMode", "requiresCompatibilities", CONTAINERS_PROPERTY];

export const taskUserInHostMode: Rule = {
  id: "task-user-in-host-mode",
  title: "A container in host network mode has a user that is not root, or is privileged on purpose.",
  levels: { baseline: "disabled", strict: "advisory" },
  severity: "medium",
  controls: [
    { framework: "AWS Config", version: "current", ids: ["ecs-task-definition-user-for-host-mode-check"] },
    { framework: "NIST SP 800-53", version: "Rev. 5", ids: ["AC-3", "AC-5", "AC-6"] },
  ],
  why: "In host mode a container reaches the network of its instance. As root by default it has more rights there than anybody chose.",
  remedy: "Give each container a user that is not root, or another network mode.",
  limits:
    "It judges what AWS Config's rule of that name judges, container by container; uid 0 counts as root as well. It does not see " +
    "the user that the image itself sets, and tasks on Fargate never run in host mode.",
  example: [
    'new aws.ecs.TaskDefinition("agent", {',
    '  family: "agent",',
    '  networkMode: "host",',
    '  containerDefinitions: JSON.stringify([{ name: "agent", image: "agent:1", memory: 128, user: "1000:1000" }]),',
    "});",
  ],
  judges: [TASK_DEFINITION, NATIVE_TASK_DEFINITION],
  reads: { [TASK_DEFINITION]: PROPERTIES, [NATIVE_TASK_DEFINITION]: PROPERTIES },
  checkResource: check,
};

function check(subject: Subject): Verdict {
  const mode = lookAt(subject.properties, "networkMode");
  if (mode.state === "absent") return notApplicable("without networkMode ECS chooses another mode than host");
  if (mode.state === "known" && mode.value !== "host") return notApplicable(`networkMode is ${shown(mode.value)}`);
  if (runsOnFargate(subject)) return notApplicable("Fargate knows awsvpc only");
  const containers = containersOf(subject);
  switch (containers.state) {
    case "absent":
    case "unreadable":
      return notApplicable("containerDefinitions is no list of containers: ECS refuses it");
    case "unknown":
      return open(subject, CONTAINERS_PROPERTY);
    case "known":
      return judge(subject, mode, containers);
  }
}

function judge(subject: Subject, mode: Look, { containers, isWhole }: Known): Verdict {
  const roots = containers.filter((one) => standingOf(one) === "root");
  if (roots.length > 0) return mode.state === "known" ? asRoot(subject, roots) : open(subject, "networkMode");
  const unclear = containers.find((one) => standingOf(one) === "unclear");
  if (unclear !== undefined) return open(subject, `what container ${nameOf(unclear)} runs as`);
  return isWhole
    ? pass("every container has a user or is privileged on purpose")
    : open(subject, "one of its containers");
}

type Known = Extract<Containers, { readonly state: "known" }>;

function runsOnFargate({ properties }: Subject): boolean {
  const wanted = lookAt(properties, "requiresCompatibilities");
  return wanted.state === "known" && Array.isArray(wanted.value) && wanted.value.includes("FARGATE");
}

/** One answer that is enough counts, whatever is unknown beside it. */
function standingOf(container: Properties): "chosen" | "root" | "unclear" {
  const [privileged, user] = [lookAt(container, "privileged"), lookAt(container, "user")];
  if (isOn(privileged)) return "chosen";
  if (user.state === "known" && !isRoot(user.value)) return "chosen";
  return privileged.state === "unknown" || user.state === "unknown" ? "unclear" : "root";
}

/** `root`, `root:group`, `0`, `0:0`: the part before the colon is the user. */
function isRoot(user: unknown): boolean {
  const [name = ""] = String(user).trim().split(":");
  return name === "" || name === "root" || /^0+$/.test(name);
}

function open(subject: Subject, what: string): Verdict {
  return unknown(
    `Whether a container of task definition "${subject.name}" is root in host mode cannot be seen: ${what} is not known yet.`,
    "the update, at this rule's level, before it creates the task definition",
  );
}

function asRoot(subject: Subject, roots: readonly Properties[]): Verdict {
  const isText = subject.type === TASK_DEFINITION;
  return fail({
    reason: `Task definition "${subject.name}" runs as root in its host's network, in ${roots.map(nameOf).join(", ")}.`,
    evidence: roots.map(
      (one) => `${nameOf(one)}: user is ${said(one, "user")}, privileged is ${said(one, "privileged")}`,
    ),
    change: [
      `  ${construction(subject)}`,
      `    containerDefinitions: ${isText ? "JSON.stringify([" : "["}`,
      ...roots.flatMap(changeOf),
      `    ${isText ? "])" : "]"},`,
      "  });",
    ],
  });
}

function changeOf(container: Properties): readonly string[] {
  const user = lookAt(container, "user");
  return [
    "      {",
    `        name: ${nameOf(container)},`,
    ...(user.state === "known" ? [`-       user: ${shown(user.value)},`] : []),
    '+       user: "1000:1000",   // any but root',
    "      },",
  ];
}

function nameOf(container: Properties): string {
  const name = lookAt(container, "name");
  return shown(name.state === "known" ? String(name.value) : "…");
}

function said(container: Properties, name: string): string {
  const look = lookAt(container, name);
  return look.state === "known" ? shown(look.value) : "absent";
}
