// A plan as a Markdown page: for a change request, with every service and every reason in it.

import type { Fleet } from "../../domain/fleet";
import type { NotPlanned, Plan, PlannedService } from "../core/model/plan";
import { CLASS_GROUP, type ClassGroup } from "../core/model/service-class";
import { mutexWords } from "../core/plan/mutex";
import { notSeenOf } from "../core/plan/not-seen";
import { counted } from "../core/words/counted";
import { chapter, code, list, page, plain, table, withCommand } from "./markdown";
import { expectedWords } from "./plan-expected";
import { mutexGroups } from "./plan-mutexes";
import { peakWarnings, peakWords } from "./plan-peak";
import { byDisplayName, displayName } from "./plan-sections";
import { duration, instant, shortId, vcpu } from "./units";

export function planMarkdown(plan: Plan, fleet: Fleet): string {
  const { planId, lane, totals } = plan;
  const lines = [
    ...chapter(`Plan ${shortId(planId)}`, summary(plan), 1),
    ...chapter("Keys", targets(plan)),
    ...chapter("Waves", waves(plan)),
    ...apart(plan),
    ...chapter(
      "To redeploy",
      plan.waves.flatMap((wave) => waveServices(plan, wave.number)),
    ),
    ...GROUPS.flatMap(([group, title]) => restChapter(plan, group, title)),
    ...chapter("Not seen", notSeen(plan, fleet)),
    ...chapter("Allowed", allowed(plan)),
    `Plan ${code(planId)}, made from the fleet ${code(plan.fleet.sha256)} of account ${code(lane.account)}, ${code(lane.region)}.`,
    `At least ${counted(totals.apiCallsMin, "API call")}.`,
  ];
  return page(lines);
}

const GROUPS: readonly (readonly [ClassGroup, string])[] = [
  ["blocked", "Blocked, needs a change first"],
  ["by-hand", "By hand"],
  ["waiting", "Wait"],
  ["unknown", "Could not be judged"],
  ["not-applicable", "Not applicable"],
  ["current", "Already on its key"],
];

function summary({ lane, fleet, totals }: Plan): readonly string[] {
  return list([
    `Account ${code(lane.account)}, ${code(lane.region)}, read ${instant(fleet.readAt)}`,
    `${counted(totals.clusters, "cluster")}, ${counted(totals.services, "service")}, ${counted(totals.tasks, "task")} that could use a key, ${totals.tasksOnKey} of which do`,
    `${expectedWords(totals)}; ${peakWords(totals)}`,
    ...peakWarnings(totals),
  ]);
}

function targets({ targets: all }: Plan): readonly string[] {
  return table(
    ["Cluster", "Key"],
    all.map(({ clusterName, keyArn }) => [plain(clusterName), code(keyArn)]),
  );
}

function waves({ waves: all }: Plan): readonly string[] {
  return table(
    ["Wave", "Services", "Tasks", "Extra vCPU", "Expected", "Soak after it"],
    all.map((wave) => [
      `${wave.number} ${plain(wave.name)}`,
      String(wave.services.length),
      String(wave.tasks),
      vcpu(wave.extraVcpu),
      duration(wave.expectedMs),
      wave.soakMs > 0 ? duration(wave.soakMs) : "none",
    ]),
  );
}

/** Only where the operator asked for it. */
function apart(plan: Plan): readonly string[] {
  if (plan.options.mutexTags === undefined) return [];
  const rows = mutexGroups(plan).map(({ mutex, services }) => [
    plain(mutexWords(mutex)),
    services.map(({ clusterName, name }) => plain(`${clusterName}/${name}`)).join(", "),
  ]);
  return chapter("One after the other", table(["Tag", "Services that never roll together"], rows));
}

function waveServices({ services, waves: all }: Plan, number: number): readonly string[] {
  const name = all.find((wave) => wave.number === number)?.name ?? "";
  const rows = services.filter((service) => service.wave === number).map(serviceRow);
  const head = ["Service", "Owner", "Tasks", "Extra vCPU", "Expected", "Why", "Risks"];
  return chapter(`Wave ${number}: ${plain(name)}`, table(head, rows), 3);
}

function serviceRow(service: PlannedService): readonly string[] {
  return [
    plain(`${service.clusterName}/${service.name}`),
    plain(service.owner ?? "not known"),
    String(service.tasks),
    vcpu(service.surgeVcpu),
    duration(service.estimate.toCapacityFreeMs),
    plain(service.classification.reason),
    service.risks.length === 0 ? "none found" : service.risks.map(plain).join("; "),
  ];
}

function restChapter({ rest }: Plan, group: ClassGroup, title: string): readonly string[] {
  const members = rest.filter(({ classification }) => CLASS_GROUP[classification.class] === group);
  if (members.length === 0) return [];
  const rows = members.toSorted(byDisplayName).map(restRow);
  return chapter(title, table(["Service or task", "Class", "Owner", "Why", "Next step"], rows));
}

function restRow(one: NotPlanned): readonly string[] {
  const { class: name, reason, remedy } = one.classification;
  return [
    plain(displayName(one)),
    code(name),
    plain(one.owner ?? "not known"),
    plain(reason),
    remedy === null ? "none" : withCommand(remedy),
  ];
}

function notSeen(plan: Plan, fleet: Fleet): readonly string[] {
  return table(
    ["Permission", "What", "What that leaves open"],
    notSeenOf(plan, fleet).map(({ permission, what, consequence }) => [
      permission === null ? "none" : code(permission),
      plain(what),
      plain(consequence),
    ]),
  );
}

function allowed({ options }: Plan): readonly string[] {
  return table(
    ["Class", "Service", "Reason given"],
    options.allow.map((one) => [code(one.class), plain(one.service ?? "all"), plain(one.reason)]),
  );
}
