// Messages of the shell around the commands: rendered pages, reports, status, the simulator, failures.
// Invariant: `page.rendered` is for people only; the result beside it carries the same as data.

import type { RunOutcome } from "../core/model/journal-event";
import type { Report } from "../core/model/report";
import type { ErrorCode, ErrorOwner } from "../errors";
import { count, span } from "./amounts";
import { message, valueForPrograms } from "./message-kind";
import { OUTCOME_WORDS, type RunStatus, statusText } from "./run-status";

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
  "status.unattended": message<{ readonly planId: string; readonly next: string }>({
    level: "warning",
    description: "no process works on a run that is watched; how to go on",
    text: ({ planId, next }) => `no process works on run ${planId.slice(0, 6)}; to go on: ${next}`,
  }),
  "status.ended": message<{
    readonly planId: string;
    readonly outcome: RunOutcome | null;
    readonly tookMs: number | null;
    readonly report: string;
  }>({
    level: "result",
    description: "a run that is watched has ended: how, and where its report is",
    text: ({ planId, outcome, tookMs, report }) =>
      `run ${planId.slice(0, 6)} ${outcome === null ? "ended" : OUTCOME_WORDS[outcome]}` +
      `${tookMs === null ? "" : ` after ${span(tookMs)}`}. Report: ${report}`,
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
