// AWS CLI commands as a person can paste them into a POSIX shell.
//
// Invariants
//   every argument that a shell would not take literally is in single quotes
//   a command stands at the end of a remedy, after a colon, so that views can set it apart

export interface CommandTarget {
  readonly clusterName: string;
  readonly serviceName: string;
}

/** `aws ecs VERB --cluster C --service S …`: how nearly all commands on a service begin. */
export function ecsServiceCommand(verb: string, target: CommandTarget, ...more: readonly string[]): string {
  const selector = verb.startsWith("describe-") ? "--services" : "--service";
  return shellCommand("aws", "ecs", verb, "--cluster", target.clusterName, selector, target.serviceName, ...more);
}

export function shellCommand(...words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}

/** A word as it is when the shell takes it literally, else in single quotes. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** One thing to do, in words and as a command. */
export interface RemedyStep {
  readonly action: string;
  readonly command: string;
}

/** All that is to be done first, then the commands in one line that can be pasted; what stands in several steps is told once. */
export function remedyText(steps: readonly RemedyStep[]): string {
  const actions = new Set(steps.map(({ action }) => action));
  const commands = new Set(steps.map(({ command }) => command));
  return `${[...actions].join("; ")}: ${[...commands].join(" && ")}`;
}
