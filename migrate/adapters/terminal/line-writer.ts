// Writes text to a stream whose reader may leave at any time (`fargate-cmk plan | head`).
// Invariant: a closed pipe or a terminal that hung up ends the writing, never the program: a run goes on when nobody looks any more.

//
// A terminal that shows a live block has one place for lines that stay: above it. While there is one, lines for the terminal go there.

export interface LineWriter {
  write(text: string): void;
}

/** A pipe whose reader has left, and a terminal that hung up. */
const GONE: readonly string[] = ["EPIPE", "ERR_STREAM_DESTROYED", "EIO", "ENXIO"];

let block: LineWriter | null = null;

/** From now on lines for a terminal are written by this; what is returned ends it. A process has one block at a time. */
export function divertLines(above: LineWriter): () => void {
  block = above;
  return () => {
    if (block === above) block = null;
  };
}

export function lineWriter(stream: NodeJS.WritableStream & { readonly isTTY?: boolean }): LineWriter {
  let open = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    open = false;
    if (!GONE.includes(error.code ?? "")) throw error;
  });
  return {
    write: (text) => {
      if (!open) return;
      if (block !== null && stream.isTTY === true) block.write(text);
      else stream.write(`${text}\n`);
    },
  };
}
