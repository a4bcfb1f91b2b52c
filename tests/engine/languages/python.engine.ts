// examples/python through the engine and the component plugin, with the package that `pulumi install` generates for it.

import { aFleet } from "../../../simulator/fleet-builder";
import { withExample } from "./example";
import { assertMakes, assertRefusals, assertWayDown, inTypeScript, type Mistake } from "./like-typescript";
import { installPython, pythonEnvironment } from "./python-install";

const FLEET = aFleet().build();
const SAME_IN_TYPESCRIPT = `
const tags = { team: "orders", "data-class": "confidential" };
const key = new EphemeralStorageKey("shared", { clusterNames: ["orders", "payments"], aliasName: "orders-storage", tags });
const onKey = { existingKeyArn: key.keyArn, existingKeyPolicy: key.keyPolicy, tags };
const orders = new EncryptedFargateCluster("orders", { clusterName: "orders", containerInsights: "enhanced", ...onKey });
const payments = new EncryptedFargateCluster("payments", { clusterName: "payments", ...onKey });
export const keyArn = key.keyArn;
export const ordersClusterArn = orders.clusterArn;
export const paymentsClusterArn = payments.clusterArn;
export const ordersRedeployTriggers = orders.redeployTriggers;
`;

const MISTAKES: readonly Mistake[] = [
  {
    file: "__main__.py",
    text: 'cluster_name="payments",\n    existing_key_arn=key.key_arn',
    by: 'cluster_name="payments",\n    existing_key_arn="alias/orders-storage"',
    told: /existingKeyArn is "alias\/orders-storage": [^:]*give the key's ARN/,
  },
  {
    file: "__main__.py",
    text: 'cluster_names=["orders", "payments"]',
    by: 'cluster_names=["orders", ""]',
    told: /clusterNames\[1\] is "": [^:]*1 to 255 letters, digits, hyphens and underscores/,
  },
  // Python's own word, from the generated package: the plugin is not asked.
  {
    file: "__main__.py",
    text: "alias_name=",
    by: "alias_nam=",
    told: /unexpected keyword argument 'alias_nam'/,
  },
];

describe("the example in Python", function () {
  this.timeout(600_000);

  it("is refused mistakes by name, value and remedy, makes what TypeScript makes, and goes by the documented way", async () => {
    const expected = await inTypeScript(FLEET, SAME_IN_TYPESCRIPT);
    await withExample("python", { fleet: FLEET, env: pythonEnvironment() }, async (example) => {
      await installPython(example);
      await assertRefusals(example, MISTAKES);
      await assertMakes(example, expected);
      await assertWayDown(example);
    });
  });
});
