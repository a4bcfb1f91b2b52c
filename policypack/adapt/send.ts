// Sends a report to the policy host.
// Invariant: reports go through the object form of the host's callback, which the host does not document and a test pins: only it can
//   be advisory under a mandatory rule, and only it leaves the first line to us

import type { ReportViolation } from "@pulumi/policy";

export interface Said {
  readonly message: string;
  /** True where it must not block, whatever the level of the policy. */
  readonly isAdvisory: boolean;
}

/** The types of the host know only texts; it has always taken such objects too, and only they can carry a level. */
export function send(report: ReportViolation, { message, isAdvisory }: Said, urn = ""): void {
  const said = { message, ...(isAdvisory ? { enforcementLevel: "advisory" } : {}), ...(urn === "" ? {} : { urn }) };
  (report as unknown as (said: object) => void)(said);
}
