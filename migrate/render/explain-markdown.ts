// One service explained as a Markdown page: for a change request, or for the team whose service it is.

import type { ExplainedRedeployment, Explanation } from "../core/plan/explain/explanation";
import { mutexWords } from "../core/plan/mutex";
import { counted } from "../core/words/counted";
import { answerWord, factsText, seconds, sharedBy, subnetsText, titleOf } from "./explain-parts";
import { capitalised, chapter, code, list, page, plain, table, withCommand } from "./markdown";
import { NO_RESTART } from "./plan-sections";
import { duration, instant } from "./units";

export function explainMarkdown(explanation: Explanation): string {
  const { planId, planned, unseen, levers } = explanation;
  return page([
    ...chapter(plain(titleOf(explanation)), summary(explanation), 1),
    ...restart(explanation),
    ...chapter("Why", why(explanation)),
    ...chapter(
      "Not seen",
      table(
        ["Fact", "Why", "Permission"],
        unseen.map((one) => [plain(one.name), plain(one.why), one.permission === null ? "none" : code(one.permission)]),
      ),
    ),
    ...(planned === null ? [] : redeployment(planned)),
    ...chapter(
      "What would move it to another class",
      table(
        ["Change", "Class"],
        levers.map((lever) => [
          plain(lever.change),
          lever.class === null ? "what it then shows decides" : code(lever.class),
        ]),
      ),
    ),
    `Of plan ${code(planId)}.`,
  ]);
}

function summary({ service, classification, lane, readAt }: Explanation): readonly string[] {
  return list([
    code(service.arn),
    `Account ${code(lane.account)}, ${code(lane.region)}, read ${instant(readAt)}`,
    `${counted(service.tasks, "task")}, owner ${plain(service.owner ?? "not known")}`,
    `Why: ${plain(classification.reason)}`,
    `Next step: ${classification.remedy === null ? "none" : withCommand(classification.remedy)}`,
  ]);
}

function restart({ restart: note }: Explanation): readonly string[] {
  if (note === null) return [];
  const lines = [`Why: ${plain(note.reason)}`, `Next step: ${withCommand(note.remedy)}`];
  return chapter(capitalised(NO_RESTART), list(lines));
}

function why({ asked, readAt }: Explanation): readonly string[] {
  const rows = asked.map((one) => [plain(one.question), answerWord(one), plain(factsText(one, readAt))]);
  return ["Asked in this order until one decides.", "", ...table(["Claim", "Holds", "Facts"], rows)];
}

function redeployment(planned: ExplainedRedeployment): readonly string[] {
  const { wave, surge, estimate, risk, calls, admission } = planned;
  const place = `Number ${wave.place.rank} of ${wave.place.of} in order of caution; ${plain(wave.gate)}`;
  const need = `${counted(surge.tasks, "task")} × ${surge.taskVcpu} vCPU = ${surge.vcpu} vCPU and ${counted(surge.addresses, "address", "addresses")}`;
  const conditions = admission.map((one) => [plain(one.condition), plain(one.now), plain(one.otherwise)]);
  return [
    ...chapter(`Wave ${wave.number} of ${wave.of}, ${plain(wave.name)}`, list([plain(wave.why), place])),
    ...chapter("Beside what runs now", list([need, plain(surge.why), plain(subnetsText(surge.subnets))])),
    ...chapter(`Expected ${duration(estimate.toCapacityFreeMs)}`, terms(estimate)),
    ...chapter(
      "API calls",
      table(
        ["For", "Operation", "Calls", "Shared"],
        calls.map((duty) => [duty.duty, code(duty.operation), String(duty.calls), sharedBy(duty)]),
      ),
    ),
    ...chapter(`Risk: ${risk.level}, score ${risk.score}`, risks(planned)),
    ...exclusions(planned),
    ...chapter("What must hold when its turn comes", table(["Condition", "At the scan", "Else"], conditions)),
  ];
}

function terms({
  terms: all,
  toSuccessMs,
  toCapacityFreeMs,
  deadlineMs,
}: ExplainedRedeployment["estimate"]): readonly string[] {
  const rowsUntil = (until: string) =>
    all
      .filter((term) => term.until === until)
      .map(({ name, times, eachMs, totalMs, basis }) => [
        name,
        `${times} × ${seconds(eachMs)}`,
        seconds(totalMs),
        plain(basis),
      ]);
  const rows = [
    ...rowsUntil("success"),
    ["**to its success**", "", `**${seconds(toSuccessMs)}**`, ""],
    ...rowsUntil("capacity-free"),
    ["**until its capacity is free**", "", `**${seconds(toCapacityFreeMs)}**`, ""],
  ];
  return [...table(["Term", "Times", "Total", "From"], rows), "", `Past its time after ${duration(deadlineMs)}.`];
}

function risks({ risk, risks: sentences }: ExplainedRedeployment): readonly string[] {
  const others = sentences.filter((sentence) => !risk.findings.some((finding) => finding.sentence === sentence));
  const rows = risk.findings.map(({ weight, sentence }) => [String(weight), plain(sentence)]);
  return table(["Weight", "Found"], [...rows, ...others.map((sentence) => ["–", plain(sentence)])]);
}

function exclusions({ exclusions: all }: ExplainedRedeployment): readonly string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ mutex, others }) => [
    plain(mutexWords(mutex)),
    others.length === 0
      ? "no other planned service"
      : others.map(({ name, wave }) => `${plain(name)} (wave ${wave})`).join(", "),
  ]);
  return chapter("Never together with", table(["Tag", "Services"], rows));
}
