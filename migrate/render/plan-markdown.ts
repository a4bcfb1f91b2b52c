// A plan as a Markdown page: for a change request, with services and reasons, as many as a comment has room for.
// Invariant: under 60,000 characters, whatever the fleet; what is left out is counted, and stands in the plan file.

import type { Fleet } from "../../domain/fleet";
import type { Plan, PlannedService } from "../core/model/plan";
import { CLASS_GROUP, type ClassGroup } from "../core/model/service-class";
import { mutexWords } from "../core/plan/mutex";
import { notSeenOf } from "../core/plan/not-seen";
import { counted } from "../core/words/counted";
import { listed } from "../core/words/listed";
import { fitRows } from "./fit-rows";
import { capitalised, chapter, code, list, page, plain, table, withCommand } from "./markdown";
import { expectedWords } from "./plan-expected";
import { mutexGroups } from "./plan-mutexes";
import { peakWarnings, peakWords } from "./plan-peak";
import {
  byDisplayName,
  displayName,
  NO_RESTART,
  needsTogether,
  rowOf,
  type SectionRow,
  TOGETHER,
  withoutRestart,
} from "./plan-sections";
import { duration, instant, shortId, vcpu } from "./units";

export function planMarkdown(plan: Plan, fleet: Fleet): string {
  const { planId, lane, totals } = plan;
  const parts: readonly Part[] = [
    ...chapter(`Plan ${shortId(planId)}`, summary(plan), 1),
    ...tableChapter("Keys", targets(plan)),
    ...tableChapter("Waves", waves(plan)),
    ...apart(plan),
    ...chapter("To redeploy", plan.waves.length === 0 ? ["None."] : []),
    ...plan.waves.flatMap((wave) => waveServices(plan, wave.number)),
    ...GROUPS.flatMap(([group, title]) => restChapter(plan, group, title)),
    ...noRestart(plan),
    ...tableChapter("Not seen", notSeen(plan, fleet)),
    ...tableChapter("Allowed", allowed(plan)),
    `Plan ${code(planId)}, made from the fleet ${code(plan.fleet.sha256)} of account ${code(lane.account)}, ${code(lane.region)}.`,
    `At least ${counted(totals.apiCallsMin, "API call")}.`,
  ];
  return page(fitted(parts));
}

/** A line, or a table of which as much is shown as the page has room for. */
type Part = string | TableParts;

interface TableParts {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function tableChapter(title: string, parts: TableParts, level: 2 | 3 = 2): readonly Part[] {
  const [heading = "", empty = ""] = chapter(title, [], level);
  return [heading, empty, parts, ""];
}

function fitted(parts: readonly Part[]): readonly string[] {
  const tables = parts.filter((part) => typeof part !== "string");
  const lengths = tables.map(({ rows }) => rows.map((row) => row.join(" | ").length + ROW_FRAME));
  const shown = new Map(fitRows(lengths, ROOM).map((count, at) => [tables[at], count]));
  return parts.flatMap((part) => {
    if (typeof part === "string") return part;
    const rows = part.rows.slice(0, shown.get(part) ?? 0);
    const more = part.rows.length - rows.length;
    const rest = more === 0 ? [] : ["", `and ${more} more, all in the plan file.`];
    return [...(rows.length === 0 && more > 0 ? [] : table(part.head, rows)), ...rest];
  });
}

/** A comment on GitHub takes 65,536 characters (reported): this much for rows, the rest for headings and what is around it. */
const ROOM = 48_000;
/** What a row has around its cells, its line break included. */
const ROW_FRAME = 5;

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

function targets({ targets: all }: Plan): TableParts {
  return { head: ["Cluster", "Key"], rows: all.map(({ clusterName, keyArn }) => [plain(clusterName), code(keyArn)]) };
}

function waves({ waves: all }: Plan): TableParts {
  const rows = all.map((wave) => [
    `${wave.number} ${plain(wave.name)}`,
    String(wave.services.length),
    String(wave.tasks),
    vcpu(wave.extraVcpu),
    duration(wave.expectedMs),
    wave.soakMs > 0 ? duration(wave.soakMs) : "none",
  ]);
  return { head: ["Wave", "Services", "Tasks", "Extra vCPU", "Expected", "Soak after it"], rows };
}

/** Only where the operator asked for it. */
function apart(plan: Plan): readonly Part[] {
  if (plan.options.mutexTags === undefined) return [];
  const rows = mutexGroups(plan).map(({ mutex, services }) => [
    plain(mutexWords(mutex)),
    plain(listed(services.map(displayName), TOGETHER_SHOWN_MAX)),
  ]);
  return tableChapter("One after the other", { head: ["Tag", "Services that never roll together"], rows });
}

const TOGETHER_SHOWN_MAX = 20;

function waveServices({ services, waves: all }: Plan, number: number): readonly Part[] {
  const name = all.find((wave) => wave.number === number)?.name ?? "";
  const rows = services.filter((service) => service.wave === number).map(serviceRow);
  const head = ["Service", "Owner", "Tasks", "Extra vCPU", "Expected", "Why", "Risks"];
  return tableChapter(`Wave ${number}: ${plain(name)}`, { head, rows }, 3);
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

function restChapter({ rest }: Plan, group: ClassGroup, title: string): readonly Part[] {
  const members = rest.filter(({ classification }) => CLASS_GROUP[classification.class] === group);
  if (members.length === 0) return [];
  const rows = members.toSorted(byDisplayName).map((one) => sectionCells(rowOf(one, one.classification)));
  const together = group === "blocked" && needsTogether(members) ? [TOGETHER, ""] : [];
  return [...tableChapter(title, { head: SECTION_HEAD, rows }), ...together];
}

function noRestart({ rest }: Plan): readonly Part[] {
  const rows = withoutRestart(rest).map(sectionCells);
  return rows.length === 0 ? [] : tableChapter(capitalised(NO_RESTART), { head: SECTION_HEAD, rows });
}

const SECTION_HEAD = ["Service or task", "Class", "Owner", "Why", "Next step"];

function sectionCells({ name, class: className, owner, reason, remedy }: SectionRow): readonly string[] {
  const next = remedy === null ? "none" : withCommand(remedy);
  return [plain(name), code(className), plain(owner ?? "not known"), plain(reason), next];
}

function notSeen(plan: Plan, fleet: Fleet): TableParts {
  const rows = notSeenOf(plan, fleet).map(({ permission, what, consequence }) => [
    permission === null ? "none" : code(permission),
    plain(what),
    plain(consequence),
  ]);
  return { head: ["Permission", "What", "What that leaves open"], rows };
}

function allowed({ options }: Plan): TableParts {
  const rows = options.allow.map((one) => [code(one.class), plain(one.service ?? "all"), plain(one.reason)]);
  return { head: ["Class", "Service", "Reason given"], rows };
}
