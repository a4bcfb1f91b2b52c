// control.json: what an operator asks of a run from another terminal. The run looks at every turn.
// Invariant: a file that cannot be understood is an error, never silently "none".

import { rm } from "node:fs/promises";
import path from "node:path";
import { FargateCmkError } from "../../errors";
import type { ControlRequest } from "../../ports/run-store";
import { unwritable } from "./file-failure";
import { readTextFileIfAny } from "./read-text-file";
import { writeFileAtomically } from "./write-file-atomically";

const REQUESTS: readonly ControlRequest[] = ["none", "pause", "resume", "abort", "abort-and-roll-back", "approve"];

export function controlFile(directory: string): string {
  return path.join(directory, "control.json");
}

/** @throws FargateCmkError `wrong-shape` */
export async function readControl(directory: string): Promise<ControlRequest> {
  const file = controlFile(directory);
  const text = await readTextFileIfAny(file);
  if (text === null) return "none";
  const request = requestIn(text);
  if (request !== undefined) return request;
  throw new FargateCmkError("wrong-shape", {
    message: `${file} holds no request that is known: ${JSON.stringify(text.slice(0, 80))}`,
    remedy: "write it anew with fargate-cmk pause, resume, approve or abort",
  });
}

export async function writeControl(directory: string, request: ControlRequest, atMs: number): Promise<string> {
  const file = controlFile(directory);
  await writeFileAtomically(file, `${JSON.stringify({ v: 1, request, at: new Date(atMs).toISOString() })}\n`);
  return file;
}

/** Removes a request that the run took up, so that it is not taken up again; a pause stands. */
export async function forgetControl(directory: string): Promise<void> {
  const request = await readControl(directory);
  if (request === "none" || request === "pause") return;
  const file = controlFile(directory);
  try {
    await rm(file, { force: true });
  } catch (error) {
    throw unwritable(file, error);
  }
}

function requestIn(text: string): ControlRequest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const request = typeof value === "object" && value !== null && "request" in value ? value.request : undefined;
    return REQUESTS.find((known) => known === request);
  } catch {
    return undefined;
  }
}
