// Messages of the shell around the commands: rendered pages, reports, status, the simulator, failures.
// Invariant: `page.rendered` is for people only; the result beside it carries the same as data.

import type { Report } from "../core/model/report";
import type { ErrorCode, ErrorOwner } from "../errors";
import { count } from "./amounts";
import { message, valueForPrograms } from "./message-kind";

export interface RunStatus {
  readonly planId: string;
  readonly directory: string;
  readonly status: string;
  readonly reason: string | null;
  readonly outcome: string | null;
  readonly waves: readonly { readonly number: number; readonly name: string; readonly status: string }[];
  /** Services by phase. */
  readonly phases: Readonly<Record<string, number>>;
  readonly services: number;
  /** Who waits for whom: services that share the value of a tag never roll together. */
  readonly waiting: readonly WaitingService[];
  readonly lastEventAt: string | null;
  /** The process that works on it; null when there is none, or it has ended without giving the lock back. */
  readonly heldBy: { readonly host: string; readonly pid: number } | null;
  readonly request: string;
  /** How to go on; null when a process works on it, or nothing is left. */
  readonly next: string | null;
}

export interface WaitingService {
  /** ARN. */
  readonly service: string;
  /** `cluster/service`. */
  readonly name: string;
  readonly mutex: { readonly tag: string; readonly value: string };
  readonly holder: { readonly service: string; readonly name: string; readonly phase: string };
}

export const SHELL_MESSAGES = {
  "page.rendered": message<{ readonly page: string }>({
    level: "result",
    description: "a page for people: a plan's table, verdicts, a report; a result holds the same as data",
    audience: "people",
    text: ({ page }) => page.trimEnd(),
  }),
  "settings.used": message<{ readonly origins: Readonly<Record<string, string>> }>({
    level: "info",
    description:
      "options that come from the settings file or the environment: each flag with where its value comes from",
    text: ({ origins }) =>
      Object.entries(origins)
        .map(([flag, origin]) => `${flag} from ${origin}`)
        .join("; "),
  }),
  "settings.passed-over": message<{ readonly file: string }>({
    level: "warning",
    description: "a file that looks like a settings file and is not read because of its name",
    text: ({ file }) => `${file} is not read: rename it to fargate-cmk.yaml, or name it with --config ${file}`,
  }),
  "file.written": message<{ readonly holds: "plan" | "preflight" | "report"; readonly file: string }>({
    level: "info",
    description: "a file was written: what it holds, and where it is",
    text: ({ holds, file }) => `the ${holds} is in ${file}`,
  }),
  "report.made": valueForPrograms<{
    readonly planId: string;
    readonly files: readonly string[];
    readonly report: Report;
  }>("the report of a run: the report itself, and the files that it was written to"),
  "status.read": message<RunStatus>({
    level: "result",
    description: "the state of a run as its journal tells it",
    text: statusText,
  }),
  "simulator.listening": message<{
    readonly endpoint: string;
    readonly account: string;
    readonly region: string;
    readonly seed: number;
    readonly speed: number;
    readonly clusters: readonly string[];
  }>({
    level: "info",
    description:
      "the embedded AWS answers: its endpoint, its account and Region, its seed and how fast its time passes",
    text: (d) =>
      [
        `Simulated AWS account ${d.account} in ${d.region}, seed ${d.seed}, time passes ${d.speed} times as fast.`,
        "",
        `  export AWS_ENDPOINT_URL=${d.endpoint} AWS_REGION=${d.region}`,
        `  export AWS_ACCESS_KEY_ID=${d.account} AWS_SECRET_ACCESS_KEY=simulated`,
        "",
        "Then any AWS SDK, the AWS CLI and fargate-cmk talk to it. Ctrl-C ends it.",
      ].join("\n"),
  }),
  "simulator.closed": message<{ readonly endpoint: string; readonly requests: number | null }>({
    level: "result",
    description: "the embedded AWS was stopped; its world is gone",
    text: ({ requests }) => `Simulator stopped${requests === null ? "" : ` after ${count(requests, "request")}`}.`,
  }),
  "demo.started": message<{ readonly seed: number; readonly endpoint: string; readonly directory: string }>({
    level: "info",
    description: "a simulated AWS account was made from a seed: where it listens, and where the demo's files go",
    text: (d) =>
      `A simulated AWS account on this machine (${d.endpoint}, seed ${d.seed}). No real account is touched, and its time runs fast.`,
  }),
  "demo.step": message<{ readonly title: string; readonly command: string }>({
    level: "info",
    description: "the next step of the story and the command that takes it",
    text: (d) => `\n${d.title}\n$ ${d.command}`,
  }),
  "demo.finished": message<{ readonly directory: string; readonly report: string }>({
    level: "info",
    description: "the demo came to its end: where its files are",
    text: (d) => `\nThe report: ${d.report}\nFleet, plan and journal stand beside it.`,
  }),
  "command.interrupted": message<{ readonly command: string }>({
    level: "warning",
    description: "an interrupt: the command closes what it has open; a second one quits at once",
    text: () => "Stopping. Ctrl-C again quits at once.",
  }),
  "command.failed": message<{
    readonly error: ErrorCode;
    readonly owner: ErrorOwner;
    readonly message: string;
    readonly remedy: string;
    readonly exitCode: number;
  }>({
    level: "error",
    description:
      "the command could not do what it was asked: the code of docs/errors.md, what happened and the next step",
    text: ({ error, message: what, remedy }) => `${error}: ${what}. ${remedy}`,
  }),
};

/** What the phases of a service are called to people; where a name says it already, the name. */
const PHASE_WORDS: Readonly<Record<string, string>> = {
  queued: "to come",
  indoubt: "being looked at after a lost answer",
  deploying: "on their way",
  settling: "about to be proved",
  superseded: "deployed by somebody else",
  verified: "proved",
  "set-aside": "set aside",
};

const WAVE_WORDS: Readonly<Record<string, string>> = { waiting: "to come", open: "under way", closed: "done" };

const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  proved: "finished, all proved",
  "failed-or-unproved": "finished, with failed or unproved services",
  aborted: "aborted",
};

function statusText(d: RunStatus): string {
  const phases = Object.entries(d.phases).map(([phase, n]) => `${n} ${PHASE_WORDS[phase] ?? phase}`);
  const state = d.outcome === null ? d.status : (OUTCOME_WORDS[d.outcome] ?? d.outcome);
  const lines = [
    `run ${d.planId.slice(0, 6)} ${state}${d.reason === null ? "" : `: ${d.reason}`}`,
    `  services     ${d.services}: ${phases.join(", ")}`,
    ...d.waves.map(
      (wave) => `  wave ${String(wave.number).padEnd(7)} ${wave.name}: ${WAVE_WORDS[wave.status] ?? wave.status}`,
    ),
    ...waitingLines(d.waiting),
    `  last event   ${d.lastEventAt ?? "none"}`,
  ];
  if (d.heldBy !== null) lines.push(`  held by      process ${d.heldBy.pid} on ${d.heldBy.host}`);
  if (d.request !== "none") lines.push(`  asked for    ${d.request}`);
  if (d.next !== null) lines.push(`  to go on     ${d.next}`);
  return lines.join("\n");
}

/** A terminal holds only so many. */
const WAITING_SHOWN_MAX = 10;

function waitingLines(waiting: readonly WaitingService[]): readonly string[] {
  const shown = waiting.slice(0, WAITING_SHOWN_MAX);
  const more = waiting.length - shown.length;
  const lines = shown.map(({ name, mutex, holder }) => {
    const where = HOLDER_WORDS[holder.phase] ?? PHASE_WORDS[holder.phase] ?? holder.phase;
    return `${name} for ${holder.name}, which is ${where} (${mutex.tag}=${mutex.value})`;
  });
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].map(
    (line, index) => `  ${(index === 0 ? "waits" : "").padEnd(12)} ${line}`,
  );
}

/** Of one service; where a name says it already, the name. */
const HOLDER_WORDS: Readonly<Record<string, string>> = { deploying: "on its way", overdue: "past its time" };
