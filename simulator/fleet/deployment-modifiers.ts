// The modifiers of the fleet builder that speak of how the last service is deployed.
// Invariants: each gives another builder; what no scan shows (hooks with their stages, steps of traffic) goes to the simulator
// alone, under `extra.simulator.deployments`.

import { guardPercents } from "./fleet-guards";
import { FleetProblem } from "./fleet-problem";
import { type HookDraft, hooksOf, type StrategyDraft } from "./hook-draft";
import { StartModifiers } from "./start-modifiers";

export abstract class DeploymentModifiers<B> extends StartModifiers<B> {
  percents(minimumHealthyPercent: number, maximumPercent: number): B {
    guardPercents(minimumHealthyPercent, maximumPercent);
    return this.changed("percents", { minimumHealthyPercent, maximumPercent });
  }

  /** A deployment of its own team is under way. */
  inFlight(): B {
    return this.changed("inFlight", { inFlight: true });
  }

  /** A deployment circuit breaker; it rolls back unless told otherwise. */
  breaker(enable: boolean, { rollback = enable } = {}): B {
    return this.changed("breaker", { breaker: { enable, rollback } });
  }

  /** Alarms for which its deployments are set to roll back. */
  alarms(...names: readonly string[]): B {
    return this.changed("alarms", { alarms: names });
  }

  /** Its alarms fail a deployment and leave it there, without a rollback. */
  alarmsOnlyFail(): B {
    return this.changed("alarmsOnlyFail", { alarmsRollBack: false });
  }

  /** All traffic moves at once, to a second set of tasks. */
  blueGreen(): B {
    return this.#strategy("blueGreen", { kind: "BLUE_GREEN" });
  }

  /** Traffic moves in equal steps, with a pause after each but the last. */
  linear({ stepPercent = 10, stepBakeMinutes = 6 } = {}): B {
    return this.#strategy("linear", { kind: "LINEAR", stepPercent, stepBakeMinutes });
  }

  /** A little of the traffic moves first, then all. */
  canary({ percent = 5, bakeMinutes = 10 } = {}): B {
    return this.#strategy("canary", { kind: "CANARY", percent, bakeMinutes });
  }

  /** How long a deployment is watched when all is done but the end, in minutes. */
  bake(minutes: number): B {
    if (!Number.isInteger(minutes) || minutes < 0 || minutes > 1_440) {
      throw new FleetProblem(`a bake of ${minutes} minutes would be refused`, "give a whole number from 0 to 1440");
    }
    return this.changed("bake", { bakeMinutes: minutes });
  }

  /** Lifecycle hooks of its deployments, besides those told before. */
  hooks(...hooks: readonly HookDraft[]): B {
    const { hooks: before, pauseHooks } = this.lastService("hooks");
    const all = [...before, ...hooksOf(hooks)];
    const pausing = hooks.filter(({ kind }) => kind === "pause").length;
    return this.changed("hooks", { hooks: all, pauseHooks: pauseHooks + pausing });
  }

  /** So many hooks that wait for a person, at the first stage that holds its deployments. */
  pauseHooks(pauseHooks = 1): B {
    return this.changed("pauseHooks", { pauseHooks, hooks: [] });
  }

  #strategy(modifier: string, strategy: StrategyDraft): B {
    return this.changed(modifier, { strategy });
  }
}
