// A terminal small enough to be right: printing, line feed, cursor up, erase to the end of the screen; it scrolls.

import type { TextSink } from "../../../migrate/adapters/terminal/live-block";

const ESCAPE = String.fromCharCode(27);
const SEQUENCES = new RegExp(`(${ESCAPE}\\[\\d*[AJ]|\\n)`);
const CURSOR_UP = new RegExp(`^${ESCAPE}\\[(\\d+)A$`);

export class TerminalEmulator implements TextSink {
  /** Everything that was ever shown, scrolled off lines included. */
  readonly rows: string[] = [""];
  private row = 0;

  constructor(private readonly height: number) {}

  write(text: string): void {
    for (const part of text.split(SEQUENCES)) this.take(part);
  }

  /** The rows as text, without the empty one of the cursor. */
  shown(): readonly string[] {
    return this.rows.at(-1) === "" ? this.rows.slice(0, -1) : this.rows;
  }

  private take(part: string): void {
    const up = CURSOR_UP.exec(part);
    if (up !== null) this.row = Math.max(this.firstVisible(), this.row - Number(up[1]));
    else if (part === `${ESCAPE}[0J`) this.rows.splice(this.row, Number.POSITIVE_INFINITY, "");
    else if (part === "\n") this.lineFeed();
    else if (part.startsWith(ESCAPE)) throw new Error(`the emulator does not know ${JSON.stringify(part)}`);
    else this.rows[this.row] = (this.rows[this.row] ?? "") + part;
  }

  private lineFeed(): void {
    this.row += 1;
    this.rows[this.row] ??= "";
  }

  private firstVisible(): number {
    return Math.max(0, this.rows.length - this.height);
  }
}
