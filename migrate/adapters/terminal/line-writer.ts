// Writes text to a stream whose reader may leave at any time (`fargate-cmk plan | head`).
// Invariant: a closed pipe ends the writing, never the program: a run goes on when nobody looks any more.

export interface LineWriter {
  write(text: string): void;
}

export function lineWriter(stream: NodeJS.WritableStream): LineWriter {
  let open = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
  });
  return {
    write: (text) => {
      if (open) stream.write(`${text}\n`);
    },
  };
}
