// Thrown by the fleet builder for a fleet that AWS could not have: a slip of the test or the training that asked for it.

export class FleetProblem extends Error {
  override readonly name = "FleetProblem";

  /** `what` names the wrong value and its place, `next` what would be right. */
  constructor(what: string, next: string) {
    super(`${what}; ${next}`);
  }
}
