// Looks at the alarms of a gate, and writes down what is news.
// Invariant: an alarm that could not be seen, or is not there, keeps the gate shut and is told by name.

import type { GateSeen } from "../core/machine/run-state";
import { listed } from "../core/words/listed";
import { AwsFailure } from "../ports/aws-failure";
import { awsSaid, endsEverything } from "./aws-failure-error";
import type { RunContext } from "./run-context";

export interface GateQuestion {
  readonly wave: number;
  readonly alarms: readonly string[];
}

export async function performGateLook(context: RunContext, { wave, alarms }: GateQuestion): Promise<void> {
  const seen = await lookAtAlarms(context, alarms);
  context.memory.gateLook = { wave, atMs: context.clock.nowMs() };
  const before = context.recorder.state.waves.find(({ number }) => number === wave)?.gate ?? QUIET;
  if (JSON.stringify(before) !== JSON.stringify(seen))
    await context.recorder.record({ kind: "gate-looked", wave, ...seen });
}

const QUIET: GateSeen = { firing: [], unseen: null };

async function lookAtAlarms({ surroundings }: RunContext, alarms: readonly string[]): Promise<GateSeen> {
  try {
    const states = await surroundings.alarmStates(alarms);
    const missing = alarms.filter((name) => (states.get(name) ?? "MISSING") === "MISSING");
    const firing = alarms.filter((name) => states.get(name) === "ALARM");
    return { firing, unseen: missing.length === 0 ? null : `there is no alarm ${listed(missing)}` };
  } catch (error) {
    if (!(error instanceof AwsFailure) || endsEverything(error)) throw error;
    return { firing: [], unseen: `the alarms could not be seen: ${awsSaid(error)}` };
  }
}
