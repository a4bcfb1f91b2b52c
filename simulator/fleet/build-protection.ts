// The tasks of one cluster that task protection holds: the first running ones of each service that was told so.

import type { ProtectedTask } from "../../domain/fleet";
import { type BuiltService, isoOf } from "./built";
import type { FleetDraft } from "./drafts";

/** `built` has the services first, in the order of their drafts. */
export function buildProtection(
  { services, at }: FleetDraft,
  { cluster, built }: { readonly cluster: string; readonly built: readonly BuiltService[] },
): readonly ProtectedTask[] {
  return services
    .flatMap(({ cluster: home, start: { protection } }, index) => {
      if (home !== cluster || protection === null) return [];
      const running = (built[index]?.tasks ?? []).filter(({ lastStatus }) => lastStatus === "RUNNING");
      const expiresAt = isoOf(Date.parse(at) + protection.minutes * 60_000);
      return running.slice(0, protection.tasks).map(({ arn }) => ({ arn, expiresAt }));
    })
    .toSorted((left, right) => (left.arn < right.arn ? -1 : 1));
}
