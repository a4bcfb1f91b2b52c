// The closed registry of everything that is ever printed. Codes and data are contract, texts are not.
//
// Invariants
//   a code is dotted lower-case words; its first word is the family
//   a message is in one family only; docs/messages.md is generated from here and compared by a test

import type { MessageKind } from "./messages/message-kind";
import { RUN_MESSAGES } from "./messages/run-messages";
import { SCAN_MESSAGES } from "./messages/scan-messages";
import { SHELL_MESSAGES } from "./messages/shell-messages";

export const MESSAGES = { ...SCAN_MESSAGES, ...RUN_MESSAGES, ...SHELL_MESSAGES } satisfies Record<
  string,
  MessageKind<never>
>;

export type MessageCode = keyof typeof MESSAGES;

export type MessageData<C extends MessageCode> = (typeof MESSAGES)[C] extends MessageKind<infer D> ? D : never;

/** The kind of a code, with its data's type bound to it. */
export function messageKind<C extends MessageCode>(code: C): MessageKind<MessageData<C>> {
  return MESSAGES[code] as unknown as MessageKind<MessageData<C>>;
}
