// One thing that goes wrong between plan and preflight, and the one question that must tell it.

import type { Fleet } from "../../../domain/fleet";
import type { Request } from "./a-lane";

export interface Cause {
  readonly title: string;
  readonly red: string;
  readonly now?: Fleet;
  /** What the plan was made from, where it is not LANE. */
  readonly request?: Request;
  /** Literally in the first finding's reason. */
  readonly reason: string;
}
