// `scan`: one account and Region → a fleet file. Reads only; with --from-dir, files instead of AWS.
// Invariants
//   a file that is there and is no fleet is never overwritten
//   whether the file can be written is looked at before the account is read, which may take minutes

import path from "node:path";
import { readTextFileIfAny } from "../adapters/files/read-text-file";
import { checkWritable, writeFileAtomically } from "../adapters/files/write-file-atomically";
import { sha256Hex } from "../core/canonical-json";
import { parseFleet } from "../core/model/parse-fleet";
import { FargateCmkError } from "../errors";
import { type CommandContext, EXIT } from "./command-context";
import { usage } from "./option-values";
import { type LaneOptions, scanLane } from "./scan-lane";
import { type OutputsOptions, type ScannedOutputs, scanOutputs } from "./scan-outputs";

export interface ScanCommandOptions extends LaneOptions, OutputsOptions {
  readonly out: string;
}

export async function scanCommand(options: ScanCommandOptions, context: CommandContext): Promise<number> {
  const file = path.resolve(context.cwd, options.out);
  await refuseForeignFile(file, options.out);
  await checkWritable(file, options.out);
  const { fleet, ...fromFiles } = await scanned(options, context);
  const text = `${JSON.stringify(fleet, null, 2)}\n`;
  await writeFileAtomically(file, text, options.out);
  context.output.emit("scan.finished", {
    file: options.out,
    sha256: sha256Hex(text),
    lane: fleet.lane,
    readAt: fleet.readAt,
    clusters: fleet.clusters.length,
    services: fleet.services.length,
    tasks: fleet.tasks.length,
    unread: fleet.unread.length,
    ...(fromFiles.answer === undefined ? {} : { outputs: fromFiles.answer }),
  });
  if (fromFiles.page !== undefined && fromFiles.page !== "")
    context.output.emit("page.rendered", { page: `\n${fromFiles.page}` });
  return EXIT.done;
}

type Scanned = Pick<ScannedOutputs, "fleet"> & Partial<ScannedOutputs>;

async function scanned(options: ScanCommandOptions, context: CommandContext): Promise<Scanned> {
  if (options.fromDir !== undefined) return scanOutputs(options.fromDir, options, context);
  const alone = options.readAt !== undefined ? "--read-at" : "--configurations-included";
  if (options.readAt !== undefined || options.configurationsIncluded === true)
    throw usage(`${alone} is given without --from-dir`, "add --from-dir FOLDER, or leave it away");
  return { fleet: await scanLane(options, context) };
}

async function refuseForeignFile(file: string, shown: string): Promise<void> {
  const present = await readTextFileIfAny(file, shown);
  if (present === null) return;
  try {
    parseFleet(present, file);
  } catch (error) {
    // A fleet of another version is a fleet all the same.
    if (error instanceof FargateCmkError && error.code === "foreign-version") return;
    throw new FargateCmkError("refused", {
      message: `${shown} is there already and is not a fleet`,
      remedy: "give another file with --out",
      cause: error,
    });
  }
}
