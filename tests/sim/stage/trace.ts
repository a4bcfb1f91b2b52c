// A life as a person reads it: the story, then what happened in the order in which it did, and the command that lives it again.

import type { Life } from "./live";

const SHOWN_OPERATIONS: readonly string[] = ["UpdateService", "StopServiceDeployment"];

export function traceOf(life: Life, problems: readonly string[]): string {
  const { story, plan, notes, lines, calls, processes } = life;
  const faults = story.faults.map((fault) => `  fault ${JSON.stringify(fault)}`);
  const happened = [
    ...notes.map(({ atMs, what }) => ({ atMs, text: `rival   ${what}` })),
    ...lines.map(({ seq, at, event }) => ({ atMs: Date.parse(at), text: `line ${seq}  ${shortly(event)}` })),
    ...calls
      .filter(({ operation, answer }) => SHOWN_OPERATIONS.includes(operation) || answer !== "ok")
      .map(({ atMs, operation, input, answer }) => ({
        atMs,
        text: `call    ${operation} ${answer} ${targetOf(input)}`,
      })),
    ...processes.map(({ endedMs, end }) => ({ atMs: endedMs, text: `process ended: ${JSON.stringify(end)}` })),
  ].toSorted((a, b) => a.atMs - b.atMs);
  return [
    `seed ${story.seed}`,
    ...problems.map((problem) => `  WRONG: ${problem}`),
    `replay: npm run sim -- --seed ${story.seed}`,
    `lag ${story.readLagMaxMs} ms, switches ${JSON.stringify(story.switches)}, options ${JSON.stringify(plan.options)}`,
    ...faults,
    ...happened.map(({ atMs, text }) => `  ${clockOf(atMs, life.beganMs)} ${text}`),
  ].join("\n");
}

const LONG = 260;

function shortly(event: object): string {
  const text = JSON.stringify(event, (key, value: unknown) =>
    key === "proofs" || key === "tasks" ? "…" : value,
  ).replaceAll(/arn:aws:ecs:[^:]+:\d+:/g, "");
  return text.length > LONG ? `${text.slice(0, LONG)}…` : text;
}

function targetOf(input: Readonly<Record<string, unknown>>): string {
  return String(input.service ?? input.serviceDeploymentArn ?? input.cluster ?? "").replace(
    /^arn:aws:ecs:[^:]+:\d+:/,
    "",
  );
}

function clockOf(atMs: number, beganMs: number): string {
  const seconds = (atMs - beganMs) / 1000;
  return `${seconds.toFixed(1).padStart(9)} s`;
}
