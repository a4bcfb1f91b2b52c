// Tells a story while it is tested: each command as a person would type it, and what it printed, so that a reader of the log sees what
// a user sees. Set apart from mocha's reporter, which says nothing about tests that pass.
// Invariant: a story is told in one piece, at its end: another may be going on in a process beside this one.

let story = "";

/** A chapter's title. */
export function chapter(title: string): void {
  story += `\n--- ${title}\n`;
}

/** Writes what was told since the last time; also of a story that broke off. */
export function endStory(): void {
  process.stdout.write(story);
  story = "";
}

const LINES_MAX = 40;
/** The engine's progress, and its word on every run about where it found the test's own plugins: nothing for a reader. */
const NOISE =
  /^\s*$|^@ |^Loading policy packs|^\s*Duration:|from \$PATH at |\b\d+ warnings?$|\brefresh(ing)? *$|ing \(\d+s\)/;

/** The command and its output, long ones shortened in the middle. */
export function told<Said extends { readonly stdout: string; readonly stderr: string }>(
  command: string,
  said: Said,
): Said {
  const lines = `${said.stdout}${said.stderr}`.split("\n").filter((line) => !NOISE.test(line));
  const shown = lines.length <= LINES_MAX ? lines : shortened(lines);
  story += `\n$ ${command}\n${shown.map((line) => `  ${line}`).join("\n")}\n`;
  return said;
}

function shortened(lines: readonly string[]): readonly string[] {
  const half = LINES_MAX / 2;
  return [...lines.slice(0, half), `… ${lines.length - LINES_MAX} lines …`, ...lines.slice(-half)];
}
