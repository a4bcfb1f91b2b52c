// One service explained, as a person reads it in a terminal: what becomes of it, why, and everything that the plan reckons for it.
// Invariant: no line is wider than asked, save one whose single word, name or number is.

import type { ExplainedRedeployment, Explanation } from "../core/plan/explain/explanation";
import { counted } from "../core/words/counted";
import { explainEstimate } from "./explain-estimate";
import { answerWord, factsText, sharedBy, shortArns, subnetsText, titleOf } from "./explain-parts";
import { besideName } from "./name-column";
import { NO_RESTART } from "./plan-sections";
import { instant, shortId } from "./units";
import { wrap, wrapParts } from "./wrap";

export interface ExplainTextOptions {
  /** Columns of the terminal; at least 80 are used. */
  readonly width: number;
}

/** Lines joined by line breaks, with one at the end. */
export function explainText(explanation: Explanation, options: ExplainTextOptions): string {
  const width = Math.max(80, options.width);
  const { planned } = explanation;
  const blocks = [
    heading(explanation, width),
    nextStep(explanation, width),
    restart(explanation, width),
    why(explanation, width),
    unseen(explanation, width),
    ...(planned === null ? [] : redeployment(planned, width)),
    levers(explanation, width),
    closing(explanation),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function heading(explanation: Explanation, width: number): readonly string[] {
  const { lane, readAt, service, classification } = explanation;
  const parts = [
    `account ${lane.account}`,
    lane.region,
    `read ${instant(readAt)}`,
    counted(service.tasks, "task"),
    `owner ${service.owner ?? "not known"}`,
  ];
  return [
    ...wrap(titleOf(explanation), width),
    ...indented(classification.reason, 2, width),
    "",
    ...wrapParts(parts, " · ", width - 2).map((line) => `  ${line}`),
    `  ${service.arn}`,
  ];
}

function nextStep({ classification: { remedy }, service }: Explanation, width: number): readonly string[] {
  if (remedy === null) return [];
  return [`  next step${service.owner === null ? "" : `, for ${service.owner}`}`, ...indented(remedy, 4, width)];
}

function restart({ restart: note }: Explanation, width: number): readonly string[] {
  if (note === null) return [];
  return [`  ${NO_RESTART}`, ...indented(note.reason, 4, width), ...indented(`next step: ${note.remedy}`, 4, width)];
}

function why({ asked, readAt }: Explanation, width: number): readonly string[] {
  if (asked.length === 0) return [];
  const lines = asked.flatMap((one) => {
    const beside = wrap(shortArns(factsText(one, readAt)), width - 4 - NAME_WIDTH - 3 - ANSWER_WIDTH);
    const shown = beside.map((line, at) => `${(at === 0 ? answerWord(one) : "").padEnd(ANSWER_WIDTH)}${line}`);
    return besideName({ name: one.question, nameWidth: NAME_WIDTH, lines: shown });
  });
  return ["  why, asked in this order until one decides", ...lines];
}

const NAME_WIDTH = 22;
const ANSWER_WIDTH = 9;

function unseen({ unseen: facts }: Explanation, width: number): readonly string[] {
  if (facts.length === 0) return [];
  const lines = facts.flatMap(({ name, why: reason, permission }) =>
    indented(`${name}: ${reason}${permission === null ? "" : `; allow ${permission} to who scans`}`, 4, width),
  );
  return ["  not seen", ...lines];
}

function redeployment(planned: ExplainedRedeployment, width: number): readonly (readonly string[])[] {
  const { wave, surge, risk, calls, exclusions, admission } = planned;
  const place = `number ${wave.place.rank} of ${wave.place.of} in order of caution; ${wave.gate}`;
  const score = `${risk.level}, score ${[...risk.findings.map(({ weight }) => weight), ...(risk.findings.length === 1 ? [] : [`= ${risk.score}`])].join(" + ").replace("+ =", "=")}`;
  return [
    [
      `  wave ${wave.number} of ${wave.of}, ${wave.name}`,
      ...indented(wave.why, 4, width),
      ...indented(place, 4, width),
    ],
    [
      `  beside what runs now: ${counted(surge.tasks, "task")} × ${surge.taskVcpu} vCPU = ${surge.vcpu} vCPU, ${counted(surge.addresses, "address", "addresses")}`,
      ...indented(surge.why, 4, width),
      ...indented(subnetsText(surge.subnets), 4, width),
    ],
    explainEstimate(planned.estimate, width),
    ["  API calls, at least", ...calls.flatMap((duty) => callLine(duty))],
    [
      `  risk ${score}`,
      ...risk.findings.flatMap(({ weight, sentence }) => hanging(`${weight}   ${sentence}`, 4, width)),
      ...planned.risks
        .filter((sentence) => !risk.findings.some((finding) => finding.sentence === sentence))
        .flatMap((sentence) => hanging(`–   ${sentence}`, 4, width)),
    ],
    exclusions.length === 0
      ? []
      : ["  never together with", ...exclusions.flatMap((one) => exclusionLines(one, width))],
    ["  what must hold when its turn comes", ...admissionLines(admission, width)],
  ];
}

function callLine(duty: ExplainedRedeployment["calls"][number]): readonly string[] {
  return [
    `    ${duty.duty.padEnd(12)}${duty.operation.padEnd(33)}${String(duty.calls).padStart(4)}   ${sharedBy(duty)}`,
  ];
}

/** Together with what follows when they do not hold. */
function admissionLines(admission: ExplainedRedeployment["admission"], width: number): readonly string[] {
  const outcomes = [...new Set(admission.map(({ otherwise }) => otherwise))];
  return outcomes.flatMap((outcome) => [
    ...admission
      .filter(({ otherwise }) => otherwise === outcome)
      .flatMap(({ condition, now }) => hanging(`${condition} (${shortArns(now)})`, 4, width)),
    ...indented(`else ${outcome}`, 6, width),
  ]);
}

function exclusionLines(
  { mutex, others }: ExplainedRedeployment["exclusions"][number],
  width: number,
): readonly string[] {
  const names = others.map(({ name, wave }) => `${name} (wave ${wave})`);
  return hanging(
    `${mutex.tag}=${mutex.value}: ${names.length === 0 ? "no other planned service" : names.join(", ")}`,
    4,
    width,
  );
}

function levers({ levers: all }: Explanation, width: number): readonly string[] {
  if (all.length === 0) return [];
  const lines = all.flatMap((lever) =>
    indented(`${lever.change} → ${lever.class ?? "what it then shows decides"}`, 4, width),
  );
  return ["  what would move it to another class", ...lines];
}

function closing({ planId }: Explanation): readonly string[] {
  return [`  Of plan ${shortId(planId)}. Nothing was written.`];
}

function indented(text: string, columns: number, width: number): readonly string[] {
  return wrap(text, width - columns).map((line) => `${" ".repeat(columns)}${line}`);
}

/** Lines after the first stand further in, so that entries of a list are told apart. */
function hanging(text: string, columns: number, width: number): readonly string[] {
  const [first = "", ...others] = wrap(text, width - columns - 4);
  return [`${" ".repeat(columns)}${first}`, ...others.map((line) => `${" ".repeat(columns + 4)}${line}`)];
}
