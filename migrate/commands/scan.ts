// `scan`: one account and Region → a fleet file. Reads only.
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
import { type LaneOptions, scanLane } from "./scan-lane";

export interface ScanCommandOptions extends LaneOptions {
  readonly out: string;
}

export async function scanCommand(options: ScanCommandOptions, context: CommandContext): Promise<number> {
  const file = path.resolve(context.cwd, options.out);
  await refuseForeignFile(file, options.out);
  await checkWritable(file, options.out);
  const fleet = await scanLane(options, context);
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
  });
  return EXIT.done;
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
