// A resource that exists although the request failed: the engine keeps it, and tells what is wrong with it.

import type { PropertyMap } from "./property-values";

export interface PartialFailureOptions {
  readonly id: string;
  readonly state: PropertyMap;
  readonly reason: string;
}

export class PartialFailure extends Error {
  override readonly name = "PartialFailure";
  readonly id: string;
  readonly state: PropertyMap;
  readonly reason: string;

  constructor({ id, state, reason }: PartialFailureOptions) {
    super(reason);
    this.id = id;
    this.state = state;
    this.reason = reason;
  }
}
