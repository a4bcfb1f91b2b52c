// `verify`: the present state of clusters, task by task, against the key that each cluster has. Reads only.
// Invariant: proved means that every task that can carry a key was seen on it; what was not seen is not proved.

import { verifyFleet } from "../core/verify/verify-fleet";
import { verifyText } from "../render/verify-text";
import { type CommandContext, EXIT } from "./command-context";
import { type LaneOptions, scanLane } from "./scan-lane";

export interface VerifyOptions extends LaneOptions {
  readonly expect?: "encrypted";
}

export async function verifyCommand(options: VerifyOptions, context: CommandContext): Promise<number> {
  const verification = verifyFleet(await scanLane({ ...options, depth: "present-state" }, context));
  // Where nothing was found nothing is proved: a mistyped Region must not pass a pipeline's gate.
  const proved = verification.totals.unproved === 0 && verification.clusters.length > 0;
  context.output.emit("page.rendered", { page: verifyText(verification, { width: context.stdout.width }) });
  context.output.emit("verify.finished", { proved, verification });
  return options.expect === "encrypted" && !proved ? EXIT.unproved : EXIT.done;
}
