// A service that will be redeployed, while its plan is being made: what AWS showed of it beside what was reckoned for it.

import type { ClusterRecord, ServiceRecord } from "../../../domain/fleet";
import type { Classification } from "../model/service-class";
import type { Estimate } from "./estimate";
import type { Risk } from "./risk";
import type { Surge } from "./surge";

export interface Candidate {
  readonly service: ServiceRecord;
  readonly cluster: ClusterRecord;
  readonly keyArn: string;
  readonly classification: Classification;
  /** Tasks that run now, those being replaced. */
  readonly tasks: number;
  readonly estimate: Estimate;
  /** By documented times alone, to its success. */
  readonly shortestMs: number;
  readonly surge: Surge;
  readonly risk: Risk;
  /** Whether all that its start needs, and its tasks' protection, was seen. */
  readonly isFullySeen: boolean;
  readonly owner: string | null;
}
