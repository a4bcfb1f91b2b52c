// examples/yaml through the engine and the component plugin.

import { aFleet } from "../../../simulator/fleet-builder";
import { withExample } from "./example";
import { assertMakes, assertRefusals, assertWayDown, inTypeScript, type Mistake } from "./like-typescript";

const FLEET = aFleet().build();
const SAME_IN_TYPESCRIPT = `
const orders = new EncryptedFargateCluster("orders", {
  clusterName: "orders", aliasName: "orders-storage", rotationPeriodInDays: 180,
  executeCommandLogging: true, containerInsights: "enhanced", tags: { team: "orders", "data-class": "confidential" },
});
export const clusterArn = orders.clusterArn;
export const keyArn = orders.keyArn;
export const execLogGroup = orders.executeCommandLogGroupName;
export const redeployTriggers = orders.redeployTriggers;
`;

const MISTAKES: readonly Mistake[] = [
  {
    file: "Pulumi.yaml",
    text: "aliasName: orders-storage\n      rotationPeriodInDays: 180",
    by: "existingKeyArn: alias/orders-storage",
    told: /existingKeyArn is "alias\/orders-storage": [^:]*give the key's ARN/,
  },
  {
    file: "Pulumi.yaml",
    text: "clusterName: orders",
    by: 'clusterName: ""',
    told: /clusterName is "": [^:]*1 to 255 letters, digits, hyphens and underscores/,
  },
];

describe("the example in YAML", function () {
  this.timeout(600_000);

  it("is refused mistakes by name, value and remedy, makes what TypeScript makes, and goes by the documented way", async () => {
    const expected = await inTypeScript(FLEET, SAME_IN_TYPESCRIPT);
    await withExample("yaml", { fleet: FLEET }, async (example) => {
      await assertRefusals(example, MISTAKES);
      await assertMakes(example, expected);
      await assertWayDown(example);
    });
  });
});
