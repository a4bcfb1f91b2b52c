// The verbs that carry a plan out, look at a run and steer it.

import type { Verb, VerbOption } from "./verb";

export const RUN_ARGUMENT = { notation: "<run>", description: "a run directory, or the beginning of a run's id" };

export const PLAN_ARGUMENT = { notation: "<plan>", description: "the plan file" };

export const PLANNED_FLEET_OPTION: VerbOption = {
  flags: "--fleet <file>",
  description: "the fleet file that the plan was made from (default: beside the plan)",
};

export const ACCEPT_OPTION: VerbOption = {
  flags: "--accept <ID=REASON>",
  description:
    "go on although this preflight question fails, with a reason that journal and report keep; may be given several times",
  repeated: true,
};

const CONTROL_SUMMARIES = {
  pause: "ask a run to start nothing more; what is on its way is watched to its end",
  resume: "ask a paused or halted run to go on",
  approve: "say yes to the next wave of a run whose plan asks for it; only once the wave before is done",
  abort: "ask a run to end: doubts are resolved first, what is on its way is left to finish",
} as const;

const ROLLBACK_OPTION: VerbOption = {
  flags: "--rollback-inflight",
  description: "also roll back what is on its way and ours: it runs again as before, on the key that it had, or none",
};

export const VERBS_OF_RUNS: readonly Verb[] = [
  {
    name: "run",
    summary: "redeploy the planned services in waves until every task is proved on its key; resumes by itself",
    arguments: [PLAN_ARGUMENT],
    options: [
      PLANNED_FLEET_OPTION,
      ACCEPT_OPTION,
      {
        flags: "--run-dir <directory>",
        description: "where the run keeps its files (default: fargate-cmk-runs/<planId>)",
      },
      {
        flags: "--limit <number>",
        description: "begin at most so many services now, then pause; the same command goes on",
      },
      {
        flags: "--only <what>",
        description: "failed: give services that failed another try, in a finished run too",
        choices: ["failed"],
      },
      {
        flags: "--on-key-trouble <what>",
        description:
          "when a key turns out to be in trouble: rollback our deployments that are on their way, which then run again as before, " +
          "or hold and only start nothing more",
        choices: ["rollback", "hold"],
        default: "rollback",
      },
      {
        flags: "--rebuild",
        description:
          "begin a new journal when the old one is lost or broken; what was done is found by looking at each service",
      },
    ],
    example: "fargate-cmk run plan.json",
    yields: "events",
    load: () => (require("./run") as typeof import("./run")).runCommand,
  },
  {
    name: "status",
    summary: "show how far a run is, from its journal",
    arguments: [RUN_ARGUMENT],
    options: [{ flags: "--watch", description: "show what the run's own terminal shows, until it ends or Ctrl-C" }],
    example: "fargate-cmk status 3f9a1c --watch",
    yields: "value",
    closes: ({ watch }) => watch === true,
    load: () => (require("./status") as typeof import("./status")).statusCommand,
  },
  ...(["pause", "resume", "approve", "abort"] as const).map(
    (request): Verb => ({
      name: request,
      summary: CONTROL_SUMMARIES[request],
      arguments: [RUN_ARGUMENT],
      options: request === "abort" ? [ROLLBACK_OPTION] : [],
      example: `fargate-cmk ${request} 3f9a1c`,
      yields: "value",
      load: () => (require("./control") as typeof import("./control")).controlCommand(request),
    }),
  ),
];
