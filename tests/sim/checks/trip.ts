// A life that holds to everything, and the one fact that is changed so that a check speaks.

import type { Life } from "../stage/live";

export interface Trip {
  /** Of the invariant that speaks then, and no other does. */
  readonly id: string;
  readonly when: string;
  readonly life: () => Promise<Life>;
  readonly doctor: (life: Life) => Life;
}
