// A terminal small enough to be right: printing with wrapping, carriage return, line feed, cursor up, erase to the end of the line and
// of the screen; it scrolls, and wraps anew when it gets another width, as most terminals do.
// Anything else that is written to it is an error: a test must not pass because a sequence was ignored.

import type { TextSink } from "../../../migrate/adapters/terminal/live-block";

const ESCAPE = String.fromCharCode(27);
const SEQUENCES = new RegExp(`(${ESCAPE}\\[[0-9;?]*[A-Za-z]|\\r|\\n)`);
const CURSOR_UP = new RegExp(`^${ESCAPE}\\[(\\d+)A$`);
/** Colours, and bracketed paste as shells switch it: nothing that moves the cursor. */
const HARMLESS = new RegExp(`^${ESCAPE}\\[(?:[0-9;]*m|\\?2004[hl])$`);
const BELL = String.fromCharCode(7);

interface Row {
  text: string;
  /** Whether the next row goes on with it. */
  isWrapped: boolean;
}

export class TerminalEmulator implements TextSink {
  /** Everything that was ever shown, scrolled off lines included. */
  private rows: Row[] = [{ text: "", isWrapped: false }];
  private row = 0;
  private column = 0;

  constructor(
    private height: number,
    private width = Number.POSITIVE_INFINITY,
  ) {}

  write(text: string): void {
    for (const part of text.replaceAll(BELL, "").split(SEQUENCES)) this.take(part);
  }

  /** The rows as text, without the empty one of the cursor. */
  shown(): readonly string[] {
    const texts = this.rows.map(({ text }) => text);
    return texts.at(-1) === "" ? texts.slice(0, -1) : texts;
  }

  /** The rows on the screen. */
  visible(): readonly string[] {
    return this.rows.slice(this.firstVisible()).map(({ text }) => text);
  }

  resize(width: number, height: number): void {
    const above = this.rows.slice(0, this.row);
    const whole: string[] = [];
    for (const [index, { text }] of this.rows.entries()) {
      if (index > 0 && this.rows[index - 1]?.isWrapped === true) whole[whole.length - 1] += text;
      else whole.push(text);
    }
    const wholeAbove = above.filter(({ isWrapped }) => !isWrapped).length;
    this.width = width;
    this.height = height;
    this.rows = whole.flatMap((text) => wrapped(text, width));
    const aboveNow = whole.slice(0, wholeAbove).flatMap((text) => wrapped(text, width));
    this.row = Math.min(aboveNow.length, this.rows.length - 1);
  }

  private take(part: string): void {
    const up = CURSOR_UP.exec(part);
    if (up !== null) this.row = Math.max(this.firstVisible(), this.row - Number(up[1]));
    else if (part === `${ESCAPE}[J` || part === `${ESCAPE}[0J`) this.eraseBelow();
    else if (part === `${ESCAPE}[K`) this.current().text = this.current().text.slice(0, this.column);
    else if (part === "\r") this.column = 0;
    else if (part === "\n") this.lineFeed();
    else if (HARMLESS.test(part)) return;
    else if (part.startsWith(ESCAPE)) throw new Error(`the emulator does not know ${JSON.stringify(part)}`);
    else for (const character of part) this.print(character);
  }

  private print(character: string): void {
    if (character === "\b") {
      this.column = Math.max(0, this.column - 1);
      return;
    }
    if (this.column >= this.width) {
      this.current().isWrapped = true;
      this.lineFeed();
    }
    const { text } = this.current();
    this.current().text = text.slice(0, this.column).padEnd(this.column) + character + text.slice(this.column + 1);
    this.column += 1;
  }

  private current(): Row {
    const row = this.rows[this.row] ?? { text: "", isWrapped: false };
    this.rows[this.row] = row;
    return row;
  }

  private eraseBelow(): void {
    const row = this.current();
    row.text = row.text.slice(0, this.column);
    row.isWrapped = false;
    this.rows.splice(this.row + 1);
  }

  /** As a terminal driver sends it: to the beginning of the next line. */
  private lineFeed(): void {
    this.row += 1;
    this.column = 0;
    this.rows[this.row] ??= { text: "", isWrapped: false };
  }

  private firstVisible(): number {
    return Math.max(0, this.rows.length - this.height);
  }
}

function wrapped(text: string, width: number): Row[] {
  const count = Math.max(1, Math.ceil(text.length / width));
  return Array.from({ length: count }, (_, index) => ({
    text: text.slice(index * width, (index + 1) * width),
    isWrapped: index < count - 1,
  }));
}
