// What the policy pack of the repository says of whole programs, through the real engine.

import { tablesHold } from "./tables-hold";

describe("the policy pack", function () {
  this.timeout(600_000);

  tablesHold(() => "policypack");
});
