// Where a suite stands: one line that is written over on a terminal, a plain line now and then elsewhere.
// Invariant: what is printed for good never stands behind a line that is still written over.

export interface TextStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressTiming {
  /** How long a line stands before it is told anew, on a terminal and elsewhere. */
  readonly terminalMs: number;
  readonly plainMs: number;
}

const USUAL: ProgressTiming = { terminalMs: 250, plainMs: 20_000 };
const WIDTH_USUAL = 80;
const CLEAR_LINE = "\r\u001b[2K";

export class ProgressLine {
  #shown = false;
  #saidMs: number;

  constructor(
    private readonly stream: TextStream,
    nowMs: number,
    private readonly timing: ProgressTiming = USUAL,
  ) {
    this.#saidMs = nowMs;
  }

  tell(text: string, nowMs: number): void {
    const { isTTY = false, columns = WIDTH_USUAL } = this.stream;
    if (nowMs - this.#saidMs < (isTTY ? this.timing.terminalMs : this.timing.plainMs)) return;
    this.#saidMs = nowMs;
    this.#shown = isTTY;
    this.stream.write(isTTY ? `${CLEAR_LINE}${text.slice(0, columns - 1)}` : `${text}\n`);
  }

  /** Makes place for what stays. */
  clear(): void {
    if (this.#shown) this.stream.write(CLEAR_LINE);
    this.#shown = false;
  }
}
