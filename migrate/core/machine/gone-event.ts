// A service, or its cluster, that AWS does not know any more: nothing is left to do for it, and nobody is to blame.

import type { JournalEvent } from "../model/journal-event";

export function goneEvent(service: string, what: "the service" | "its cluster" = "the service"): JournalEvent {
  return { kind: "set-aside", service, class: "gone", reason: `${what} does not exist any more`, remedy: null };
}
