// The core alone, driven in virtual time by a world that answers at random: no port, no journal, only commands and events.

import { LIMITS } from "../../../migrate/core/limits";
import { applyEvent } from "../../../migrate/core/machine/apply-event";
import type { Agenda, Command, Deferral } from "../../../migrate/core/machine/command";
import { nextCommands } from "../../../migrate/core/machine/next-commands";
import type { RunState } from "../../../migrate/core/machine/run-state";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import type { Plan } from "../../../migrate/core/model/plan";
import { drawRandom } from "../../../migrate/core/pacing/seeded-random";
import { momentOf, PROGRESS, stateAfter, T0 } from "./run-fixture";

export interface ModelStep {
  readonly before: RunState;
  readonly command: Command;
  readonly nowMs: number;
}

export interface ModelOptions {
  readonly plan: Plan;
  readonly seed: number;
  /** Called before each command is performed. */
  readonly onStep: (step: ModelStep) => void;
}

const TURNS_MAX = 20_000;

/** How the loop came to its end; `endless` when it did not. */
export function driveModel(options: ModelOptions): {
  readonly end: "finished" | "left" | "endless";
  readonly state: RunState;
} {
  const model = new Model(options);
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const commands = nextCommands(momentOf(model.state, model, model.nowMs));
    if (commands.length === 0) return { end: "finished", state: model.state };
    for (const command of commands) {
      options.onStep({ before: model.state, command, nowMs: model.nowMs });
      if (command.kind === "leave") return { end: "left", state: model.state };
      model.perform(command);
    }
  }
  return { end: "endless", state: model.state };
}

class Model {
  state: RunState;
  nowMs = T0;
  readonly lastLookAtMs = new Map<string, number>();
  readonly deferred = new Map<string, Deferral>();
  readonly targetLookAtMs = new Map<string, number>();
  gateLook: Agenda["gateLook"] = null;
  begun = 0;
  private seed: number;

  constructor({ plan, seed }: ModelOptions) {
    this.state = stateAfter(plan, []);
    this.seed = seed;
  }

  perform(command: Exclude<Command, { kind: "leave" }>): void {
    this.nowMs += 200;
    switch (command.kind) {
      case "record":
        this.apply(command.event);
        break;
      case "wait":
        this.nowMs = Math.max(this.nowMs, command.untilMs);
        break;
      case "look":
        for (const service of command.services) this.look(service);
        break;
      case "look-targets":
        this.lookAtTargets(command.clusters);
        break;
      case "look-gate":
        this.gateLook = { wave: command.wave, atMs: this.nowMs };
        break;
      case "pause-at-limit":
        break;
      case "look-doubt":
        this.lookDoubt(command.service);
        break;
      case "stop":
        this.apply({ ...command, kind: "stop-intended" });
        this.apply({ kind: "stop-answered", service: command.service, accepted: this.oneOf(2) === 0, message: "" });
        break;
      case "admit":
        for (const service of command.services) this.admit(service);
        break;
      case "sweep":
        this.sweep();
        break;
      case "finish":
        this.apply({ kind: "finished", outcome: command.outcome });
        break;
    }
  }

  private apply(event: JournalEvent): void {
    this.state = applyEvent(this.state, { event, atMs: this.nowMs });
  }

  private look(service: string): void {
    this.lastLookAtMs.set(service, this.nowMs);
    const failure = { reason: "rolled back", rolledBack: true, taskReason: null, taskArn: null, remedy: "" };
    const progress = { ...PROGRESS, failedTasks: this.oneOf(5), tasksOnKey: this.oneOf(3) };
    const outcomes: readonly (JournalEvent | null)[] = [
      null,
      null,
      null,
      { kind: "progressed", service, progress },
      { kind: "progressed", service, progress },
      { kind: "settled", service, revisionArn: null },
      { kind: "superseded", service, byDeploymentId: "theirs" },
      { kind: "verified", service, proof: this.proof(service, "pass") },
      { kind: "failed", service, failure },
      { kind: "set-aside", service, class: "gone", reason: "gone", remedy: null },
    ];
    const event = outcomes[this.oneOf(outcomes.length)] ?? null;
    if (event !== null) this.apply(event);
  }

  private lookAtTargets(clusters: readonly string[]): void {
    for (const clusterArn of clusters) {
      this.targetLookAtMs.set(clusterArn, this.nowMs);
      const problem = this.oneOf(8) === 0 ? "the key is Disabled" : null;
      this.apply({ kind: "target-looked", clusters: [{ clusterArn, problem }] });
    }
  }

  private lookDoubt(service: string): void {
    this.lastLookAtMs.set(service, this.nowMs);
    const found = { kind: "adopted", deploymentId: "found", serviceDeploymentArn: null } as const;
    const chance = this.oneOf(4);
    if (chance === 0) this.defer(service);
    else this.apply({ kind: "doubt-looked", service, found: chance === 1 ? found : { kind: "none" } });
  }

  private admit(service: string): void {
    const chance = this.oneOf(8);
    if (chance === 0) {
      this.defer(service);
      return;
    }
    this.deferred.delete(service);
    if (chance === 1) this.apply({ kind: "set-aside", service, class: "changed", reason: "", remedy: null });
    else this.redeploy(service, chance);
  }

  /** With a chance of 2 no answer is written, as when the process dies in the call. */
  private redeploy(service: string, chance: number): void {
    const attempt = (this.state.services.get(service)?.attempts ?? 0) + 1;
    const known = { knownDeployments: [], knownServiceDeployments: [], oldTasks: [], platformVersion: null };
    this.apply({ kind: "redeploy-intended", service, attempt, ...known });
    if (chance === 2) return;
    const answers = ["started", "started", "started", "refused", "not-sent", "in-doubt"] as const;
    const kind = answers[this.oneOf(answers.length)] ?? "started";
    const answer =
      kind === "started"
        ? { kind, deploymentId: `new ${attempt}`, serviceDeploymentArn: `sd ${attempt}` }
        : { kind, code: "", message: "" };
    this.apply({ kind: "redeploy-answered", service, answer });
  }

  private sweep(): void {
    const proofs = [...this.state.services.keys()].map((arn) => this.proof(arn, this.oneOf(5) === 0 ? "fail" : "pass"));
    this.apply({ kind: "swept", proofs, standalone: [], newServices: [] });
  }

  private defer(service: string): void {
    const lastMs = this.nowMs;
    const sinceMs = this.deferred.get(service)?.sinceMs ?? lastMs;
    const untilMs = lastMs + LIMITS.inFlightRetryMs;
    this.deferred.set(service, { sinceMs, lastMs, untilMs, class: "in-flight", reason: "" });
  }

  private proof(serviceArn: string, verdict: "pass" | "fail") {
    return { verdict, reason: "", asOf: "", serviceArn, targetKeyArn: null, tasks: [] };
  }

  private oneOf(count: number): number {
    const { value, next } = drawRandom(this.seed);
    this.seed = next;
    return Math.floor(value * count);
  }
}
