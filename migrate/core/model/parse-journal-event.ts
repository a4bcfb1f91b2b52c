// One event of a journal line, already JSON → JournalEvent. The line's own members (seq, hash) are the journal's to check.

import type { JournalEvent } from "./journal-event";
import { checkShape } from "./parse-document";

/** `where` names the file and line in errors. @throws FargateCmkError `wrong-shape` */
export function parseJournalEvent(value: unknown, where: string): JournalEvent {
  const { journalEventSchema } = require("./journal-event-schema") as typeof import("./journal-event-schema");
  return checkShape(value, journalEventSchema, where);
}
