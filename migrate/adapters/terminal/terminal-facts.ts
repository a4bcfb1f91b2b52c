// What the terminal can show: width, height, colour.
// Invariant: no colour without a terminal, with NO_COLOR, on a dumb terminal or in a pipeline of a CI system.

export interface TerminalFacts {
  readonly isTTY: boolean;
  /** Columns; 80 where there is no terminal. */
  readonly width: number;
  /** Rows; 24 where there is no terminal. */
  readonly height: number;
  readonly color: boolean;
}

const WIDTH_WITHOUT_TERMINAL = 80;
const HEIGHT_WITHOUT_TERMINAL = 24;
const WIDTH_MIN = 40;

export interface TerminalQuery {
  readonly stream: { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False with --no-color. */
  readonly colorWanted: boolean;
}

export function terminalFacts({ stream, env, colorWanted }: TerminalQuery): TerminalFacts {
  const isTTY = stream.isTTY === true;
  return {
    isTTY,
    width: Math.max(WIDTH_MIN, stream.columns ?? WIDTH_WITHOUT_TERMINAL),
    height: stream.rows ?? HEIGHT_WITHOUT_TERMINAL,
    color: isTTY && colorWanted && !set(env.NO_COLOR) && !set(env.CI) && env.TERM !== "dumb",
  };
}

function set(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
