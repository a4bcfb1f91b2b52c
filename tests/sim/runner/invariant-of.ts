// Which invariant a problem goes against: its id stands before the sentence.

/** "" where a problem names none: what no check says, such as a harness that broke. */
export function invariantOf(problem: string): string {
  return /^(?:the second copy: )?([a-z][a-z0-9-]*): /.exec(problem)?.[1] ?? "";
}
