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
