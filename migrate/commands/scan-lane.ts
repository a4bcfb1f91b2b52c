// Reads the lane that a command line names: what scan and verify do alike.
// Invariant: whatever happens the connection is closed; what could not be read is said.

import type { Fleet } from "../../domain/fleet";
import { openAws } from "../adapters/aws/open-aws";
import { type PresentStateScan, type ScanProgress, scan } from "../drive/scan";
import { awsOptions } from "./aws-connection";
import type { CommandContext, GlobalOptions } from "./command-context";

export interface LaneOptions extends GlobalOptions {
  /** Names or ARNs; all clusters when left out. */
  readonly cluster?: readonly string[];
}

export async function scanLane(
  options: LaneOptions & Partial<Pick<PresentStateScan, "depth">>,
  context: CommandContext,
): Promise<Fleet> {
  const connection = await awsOptions(options, context);
  const aws = await openAws(connection);
  try {
    const { ecs, account, surroundings, region } = aws;
    const chosen = options.cluster === undefined ? {} : { clusters: options.cluster };
    const lane = { ecs, account, clock: connection.clock, region, ...chosen, onProgress: scanSigns(context) };
    const { depth } = options;
    const fleet = await scan(depth === undefined ? { ...lane, surroundings } : { ...lane, depth });
    for (const unread of fleet.unread) context.output.emit("scan.incomplete", unread);
    return fleet;
  } finally {
    aws.close();
  }
}

const PROGRESS_EVERY_MS = 2_000;

/** The end of each stage, and in a long one a sign of life: a line for every item would bury the result. */
export function scanSigns({ clock, output }: CommandContext): (progress: ScanProgress) => void {
  let saidAtMs = clock.nowMs();
  return (progress) => {
    if (progress.done < progress.total && clock.nowMs() - saidAtMs < PROGRESS_EVERY_MS) return;
    saidAtMs = clock.nowMs();
    output.emit("scan.progressed", progress);
  };
}
