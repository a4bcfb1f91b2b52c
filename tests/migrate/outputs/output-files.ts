// CLI replies in files of every shape that shells and people give them, and a fleet made of such files.

import type { Fleet } from "../../../domain/fleet";
import { fleetOfOutputs } from "../../../migrate/commands/fleet-of-outputs";
import { collectOutputs } from "../../../migrate/core/offline/collect-outputs";
import type { OutputFile } from "../../../migrate/core/offline/outputs";
import type { CliReply } from "./cli-replies";

export type FileShape =
  | "pretty"
  | "crlf"
  | "bom"
  | "utf16le"
  | "utf16be"
  | "utf16-without-mark"
  | "epoch"
  | "offset"
  | "json-lines";

export const FILE_SHAPES: readonly FileShape[] = [
  "pretty",
  "crlf",
  "bom",
  "utf16le",
  "utf16be",
  "utf16-without-mark",
  "epoch",
  "offset",
  "json-lines",
];

/** Replies one after the other, as `>>` leaves them. */
export function fileOf(name: string, replies: readonly unknown[], shape: FileShape = "pretty"): OutputFile {
  return { name, bytes: bytesOf(replies, shape) };
}

export function textFile(name: string, text: string): OutputFile {
  return { name, bytes: Buffer.from(text) };
}

export function filesOf(
  contents: readonly (readonly CliReply[])[],
  shapeAt: (index: number) => FileShape = () => "pretty",
): readonly OutputFile[] {
  return contents.map((replies, index) => fileOf(`${String(index).padStart(4, "0")}.json`, replies, shapeAt(index)));
}

export async function fleetOf(
  files: readonly OutputFile[],
  options: { readonly readAt?: string; readonly configurationsIncluded?: boolean } = {},
): Promise<Fleet> {
  const { fleet } = await fleetOfOutputs({ outputs: collectOutputs(files), folder: "audit", ...options });
  return fleet;
}

function bytesOf(replies: readonly unknown[], shape: FileShape): Uint8Array {
  const pretty = replies.map((reply) => `${JSON.stringify(reply, null, 4)}\n`).join("");
  switch (shape) {
    case "pretty":
      return Buffer.from(pretty);
    case "crlf":
      return Buffer.from(pretty.replaceAll("\n", "\r\n"));
    case "bom":
      return Buffer.from(`\uFEFF${pretty}`);
    case "utf16le":
      return Buffer.from(`\uFEFF${pretty.replaceAll("\n", "\r\n")}`, "utf16le");
    case "utf16be":
      return Buffer.from(`\uFEFF${pretty}`, "utf16le").swap16();
    case "utf16-without-mark":
      return Buffer.from(pretty, "utf16le");
    case "epoch":
      return Buffer.from(pretty.replace(INSTANT, (_, iso) => String(Date.parse(iso) / 1_000)));
    case "offset":
      return Buffer.from(pretty.replace(INSTANT, (_, iso) => `"${withOffset(iso)}"`));
    case "json-lines":
      return Buffer.from(replies.map((reply) => `${JSON.stringify(reply)}\n`).join(""));
  }
}

const INSTANT = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/g;

/** Microseconds and an hour east of Greenwich, as version 2 prints it there. */
function withOffset(iso: string): string {
  return new Date(Date.parse(iso) + 3_600_000).toISOString().replace("Z", "000+01:00");
}
