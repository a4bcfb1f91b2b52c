// A block of lines at the bottom of a terminal that is redrawn in place; other lines scroll by above it.
//
// Invariants
//   what was drawn is always taken back by exactly its own height before anything else is written
//   only lines that changed are written, so that nothing flickers on a slow line
//   on a narrower screen the drawn lines have wrapped: terminals that wrap anew (most do) are taken back by what they show now;
//   one that cuts lines off instead (xterm) loses as many lines above the block, once

export interface TextSink {
  write(text: string): unknown;
}

const TO_LINE_START = "\r";
const ERASE_TO_LINE_END = "\u001b[K";
const ERASE_TO_SCREEN_END = "\u001b[J";

export class LiveBlock {
  private drawn: readonly string[] = [];
  private isWrapped = false;

  constructor(private readonly sink: TextSink) {}

  /** Replaces the block; nothing is written when it did not change. */
  draw(lines: readonly string[]): void {
    if (this.isWrapped) {
      this.drawAnew(lines);
      return;
    }
    if (lines.length === this.drawn.length && lines.every((line, index) => line === this.drawn[index])) return;
    const text = lines.map((line, index) => (line === this.drawn[index] ? "\n" : `${line}${ERASE_TO_LINE_END}\n`));
    this.sink.write(up(this.drawn.length) + text.join("") + ERASE_TO_SCREEN_END);
    this.drawn = lines;
  }

  /** Writes a text that stays, above the block. */
  above(text: string): void {
    this.sink.write(`${up(this.drawn.length)}${ERASE_TO_SCREEN_END}${text}\n${asText(this.drawn)}`);
  }

  /** The screen has another width: what is drawn now takes so many of its lines. */
  resized(width: number): void {
    if (this.drawn.every((line) => line.length <= width)) return;
    this.drawn = this.drawn.flatMap((line) => partsOf(line, width));
    this.isWrapped = true;
  }

  /** Leaves the last frame where it stands; later text follows below. */
  leave(): void {
    this.drawn = [];
    this.isWrapped = false;
  }

  private drawAnew(lines: readonly string[]): void {
    this.sink.write(`${up(this.drawn.length)}${ERASE_TO_SCREEN_END}${asText(lines)}`);
    this.drawn = lines;
    this.isWrapped = false;
  }
}

/** To the first of so many lines above; what a person typed may stand on the line of the cursor. */
function up(lines: number): string {
  return lines === 0 ? TO_LINE_START : `${TO_LINE_START}\u001b[${lines}A`;
}

function asText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function partsOf(line: string, width: number): readonly string[] {
  const count = Math.max(1, Math.ceil(line.length / width));
  return Array.from({ length: count }, (_, index) => line.slice(index * width, (index + 1) * width));
}
