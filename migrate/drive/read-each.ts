// How a stage of a scan reads many things of a kind: one call each, or several a call, some at a time, telling how far it is.
//
// Invariants
//   the answers stand in the order of the items
//   a batch that shows nothing leaves the others readable: all of its items are then unknown for its reason

import type { Fact } from "../../domain/fact";
import { batchesOf } from "../core/batches-of";
import { inParallel } from "./in-parallel";
import type { ScanReader } from "./scan-reader";

export type OnRead = (done: number, total: number) => void;

const READS_AT_ONCE = 8;

export interface EachRead<T, R> {
  readonly items: readonly T[];
  readonly onRead: OnRead;
  readonly read: (item: T) => Promise<R>;
  /** How much of the whole one item is. */
  readonly sizeOf?: (item: T) => number;
}

export function readEach<T, R>({ items, onRead, read, sizeOf = () => 1 }: EachRead<T, R>): Promise<readonly R[]> {
  const total = items.reduce((sum, item) => sum + sizeOf(item), 0);
  let done = 0;
  return inParallel({
    items,
    atOnce: READS_AT_ONCE,
    async work(item) {
      const result = await read(item);
      done += sizeOf(item);
      onRead(done, total);
      return result;
    },
  });
}

export interface BatchedRead<T, R> {
  readonly reader: ScanReader;
  /** What all of them are, for what is said of a call that fails. */
  readonly subject: string;
  readonly items: readonly T[];
  /** The most that one call takes. */
  readonly most: number;
  readonly ask: (batch: readonly T[]) => Promise<(item: T) => R>;
  readonly onRead: OnRead;
}

export async function readInBatches<T, R>(batched: BatchedRead<T, R>): Promise<ReadonlyMap<T, Fact<R>>> {
  const { reader, subject, items, most, ask, onRead } = batched;
  const answers = await readEach({
    items: batchesOf(items, reader.oneByOne ? 1 : most),
    sizeOf: ({ length }) => length,
    onRead,
    read: async (batch) => ({ batch, answer: await reader.read(subject, () => ask(batch)) }),
  });
  return new Map(
    answers.flatMap(({ batch, answer }) =>
      batch.map((item): [T, Fact<R>] => [
        item,
        answer.kind === "unknown" ? answer : { ...answer, value: answer.value(item) },
      ]),
    ),
  );
}
