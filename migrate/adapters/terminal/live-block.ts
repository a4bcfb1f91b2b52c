// A block of lines at the bottom of a terminal that is redrawn in place; other lines scroll by above it.
// Invariant: what was drawn is always erased by exactly its own height before anything else is written.

export interface TextSink {
  write(text: string): unknown;
}

export class LiveBlock {
  private drawn: readonly string[] = [];

  constructor(private readonly sink: TextSink) {}

  /** Replaces the block; nothing is written when it did not change. */
  draw(lines: readonly string[]): void {
    if (lines.length === this.drawn.length && lines.every((line, index) => line === this.drawn[index])) return;
    this.sink.write(this.erased() + lines.map((line) => `${line}\n`).join(""));
    this.drawn = lines;
  }

  /** Writes a line that stays, above the block. */
  above(text: string): void {
    this.sink.write(`${this.erased()}${text}\n${this.drawn.map((line) => `${line}\n`).join("")}`);
  }

  /** Leaves the last frame where it stands; later text follows below. */
  leave(): void {
    this.drawn = [];
  }

  private erased(): string {
    return this.drawn.length === 0 ? "" : `\u001b[${this.drawn.length}A\u001b[0J`;
  }
}
