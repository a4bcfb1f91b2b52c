// `scan --from-dir`: the fleet from a folder of AWS CLI outputs. No AWS call, no credentials.
// Invariant: an option that only a call to AWS has a use for is refused, not passed over.

import path from "node:path";
import type { Fleet } from "../../domain/fleet";
import { readFolder } from "../adapters/files/read-folder";
import { collectOutputs } from "../core/offline/collect-outputs";
import type { OutputsAnswer } from "../messages/scan-messages";
import { outputsText } from "../render/outputs-text";
import type { CommandContext, GlobalOptions } from "./command-context";
import { fleetOfOutputs } from "./fleet-of-outputs";
import { usage } from "./option-values";

export interface OutputsOptions extends GlobalOptions {
  readonly cluster?: readonly string[];
  readonly fromDir?: string;
  readonly readAt?: string;
  readonly configurationsIncluded?: boolean;
}

export interface ScannedOutputs {
  readonly fleet: Fleet;
  readonly answer: OutputsAnswer;
  /** For people, under the result: empty when everything was read and nothing is missing. */
  readonly page: string;
}

/** @throws FargateCmkError `file-unreadable`, `no-outputs`, `mixed-lanes`, `no-such-cluster`, `usage` */
export async function scanOutputs(
  folder: string,
  options: OutputsOptions,
  context: CommandContext,
): Promise<ScannedOutputs> {
  refuseCallOptions(options);
  const { files, skipped: unreadable } = await readFolder(path.resolve(context.cwd, folder), folder);
  const collected = collectOutputs(files);
  const skipped = [...unreadable, ...collected.skipped].toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const outputs = { ...collected, files: files.length + unreadable.length, skipped };
  const { fleet, gaps, readAtFrom } = await fleetOfOutputs({
    outputs,
    folder,
    ...(options.cluster === undefined ? {} : { clusters: options.cluster }),
    ...(options.readAt === undefined ? {} : { readAt: options.readAt }),
    configurationsIncluded: options.configurationsIncluded === true,
  });
  const { odd } = outputs;
  const unknown = gaps.map(({ operation, subject, why, command }) => ({ operation, subject, why, command }));
  const page = outputsText({ skipped, odd, gaps, region: fleet.lane.region, width: context.stdout.width });
  const answer = { folder, files: outputs.files, readAtFrom, skipped, odd, unknown };
  return { fleet, answer, page: page.join("\n") };
}

const CALL_OPTIONS = { region: "--region", profile: "--profile", roleArn: "--role-arn", endpointUrl: "--endpoint-url" };

function refuseCallOptions(options: OutputsOptions): void {
  const given = Object.entries(CALL_OPTIONS).find(
    ([member]) => options[member as keyof typeof CALL_OPTIONS] !== undefined,
  );
  if (given === undefined) return;
  throw usage(
    `${given[1]} has no use with --from-dir: no call is made`,
    "leave it away; account and Region stand in the outputs",
  );
}
