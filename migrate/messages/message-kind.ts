// What the registry knows about one message. The code and the data are contract, the text is not.
//
// Invariants
//   `result` is what the command was asked for, `info` is what happened on the way
//   a message for people only is a view of data that another message, for programs only, carries whole

export type MessageLevel = "info" | "result" | "warning" | "error";

export interface MessageKind<D> {
  readonly level: MessageLevel;
  /** When it is emitted and what its data holds: one sentence for docs/messages.md, lower case, no full stop. */
  readonly description: string;
  /** Everybody unless said otherwise: "people" is left out of `--json`, "programs" stands there only. */
  readonly audience?: "people" | "programs";
  /** The text for people: one line or a block, without a final line break. */
  readonly text: (data: D) => string;
}

/** Keeps the type of the data with the kind. */
export function message<D>(kind: MessageKind<D>): MessageKind<D> {
  return kind;
}

/** A result for `--json`: people see the same as a page, with the next step. */
export function valueForPrograms<D>(description: string): MessageKind<D> {
  return { level: "result", description, audience: "programs", text: () => "" };
}
