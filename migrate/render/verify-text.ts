// The present state of a lane as a person reads it in a terminal: cluster by cluster, what is not proved first, since that is work.

import { lastPart } from "../../domain/arn";
import { share } from "../core/report/share";
import type { ClusterVerification, Verification } from "../core/verify/verify-fleet";
import { counted } from "../core/words/counted";
import { besideName, nameColumn } from "./name-column";
import { instant } from "./units";
import { wrap, wrapParts } from "./wrap";

export interface VerifyTextOptions {
  /** Columns of the terminal; at least 80 are used. */
  readonly width: number;
}

/** Lines joined by line breaks, with one at the end. */
export function verifyText(verification: Verification, options: VerifyTextOptions): string {
  const width = Math.max(80, options.width);
  const clusters = verification.clusters.map((cluster) => clusterBlock(cluster, width));
  const blocks = [heading(verification, width), ...clusters, conclusion(verification, width)];
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

function heading({ lane, asOf, clusters }: Verification, width: number): readonly string[] {
  const parts = [`Account ${lane.account}`, lane.region, counted(clusters.length, "cluster"), `read ${instant(asOf)}`];
  return wrapParts(parts, " · ", width);
}

function clusterBlock(cluster: ClusterVerification, width: number): readonly string[] {
  const judged = [...cluster.services, ...cluster.standalone];
  const count = (word: string): number => judged.filter((one) => one.verdict === word).length;
  const key = cluster.keyArn === null ? "no key" : `key ${lastPart(cluster.keyArn)}`;
  const parts = [
    `${cluster.clusterName}   ${key}`,
    `${count("pass")} proved`,
    ...(count("fail") > 0 ? [`${count("fail")} not on it`] : []),
    ...(count("unknown") > 0 ? [`${count("unknown")} not known`] : []),
    ...(count("notApplicable") > 0 ? [`${count("notApplicable")} not applicable`] : []),
  ];
  const head = wrapParts(parts, " · ", width - 6).map((line, index) => `${index === 0 ? "  " : "      "}${line}`);
  return [...head, ...openEntries(cluster, width)];
}

interface OpenEntry {
  readonly name: string;
  readonly word: string;
  readonly reason: string;
}

/** Many services may be open on a first look; the JSON output holds them all. */
const SHOWN_MAX = 25;

function openEntries({ services, standalone }: ClusterVerification, width: number): readonly string[] {
  const all: readonly OpenEntry[] = [
    ...services.map(({ serviceArn, verdict, reason }) => ({ name: lastPart(serviceArn), word: verdict, reason })),
    ...standalone.map(({ taskArn, verdict, reason }) => ({ name: `task ${lastPart(taskArn)}`, word: verdict, reason })),
  ];
  const open = all.filter(({ word }) => word === "fail" || word === "unknown").toSorted(byWordThenName);
  const shown = open.slice(0, SHOWN_MAX);
  const nameWidth = nameColumn(
    shown.map(({ name }) => name),
    width,
  );
  const more = open.length - shown.length;
  return [
    ...shown.flatMap((one) => entryLines(one, nameWidth, width)),
    ...(more > 0 ? [`    and ${more} more; --json has them all`] : []),
  ];
}

function entryLines({ name, word, reason }: OpenEntry, nameWidth: number, width: number): readonly string[] {
  const state = `${(WORDS[word] ?? word).padEnd(9)}   `;
  const lines = wrap(reason, width - 4 - nameWidth - 3 - state.length).map(
    (line, index) => `${index === 0 ? state : " ".repeat(state.length)}${line}`,
  );
  return besideName({ name, nameWidth, lines });
}

const WORDS: Readonly<Record<string, string>> = { fail: "not on it", unknown: "not known" };

function byWordThenName(a: OpenEntry, b: OpenEntry): number {
  if (a.word !== b.word) return a.word < b.word ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

function conclusion({ totals, clusters }: Verification, width: number): readonly string[] {
  const { tasks, onKey, unproved } = totals;
  if (clusters.length === 0) return ["  There is no cluster here: check --region and --profile."];
  if (tasks === 0 && unproved === 0) return ["  No running task could use a key."];
  const first = `${onKey} of ${counted(tasks, "running task")} (${share(onKey, tasks)}) ${onKey === 1 ? "uses the key of its" : "use the key of their"} cluster.`;
  const second =
    unproved === 0
      ? "Nothing is unproved."
      : `${counted(unproved, "service or task of no service is", "services or tasks of no service are")} not proved.`;
  const next = unproved === 0 ? [] : ["Next: fargate-cmk scan, then fargate-cmk plan: it says what each one needs."];
  return [...wrapParts([first, second], " ", width - 2), ...next].map((line) => `  ${line}`);
}
