// How long a pack takes to start: from the start of the host's process until it has told its policies, which is what a preview waits for.

import { startPolicyHost } from "../../policypack/policy-host";
import type { Candidate } from "./candidates";
import { quickest } from "./quickest";

/** Milliseconds, in the order of the candidates. */
export function startUps(candidates: readonly Candidate[], rounds: number): Promise<readonly number[]> {
  return quickest(
    candidates.map(
      ({ folder }) =>
        () =>
          startAndAsk(folder),
    ),
    rounds,
  );
}

async function startAndAsk(folder: string): Promise<void> {
  const host = await startPolicyHost(folder);
  try {
    const { policiesList } = await host.info();
    if (policiesList.length === 0) throw new Error(`the pack in ${folder} started without policies`);
  } finally {
    host.stop();
  }
}
