// The component plugin through the engine, the path of Python, Go, C#, Java and YAML programs: from the repository as it stands.

import { aFleet } from "../../simulator/fleet-builder";
import { withAccount } from "../e2e/simulated-account";
import { createProject } from "./pulumi-project";
import { assertRemoteCluster } from "./remote-cluster";

const FLEET = aFleet().build();

describe("the component plugin", function () {
  this.timeout(300_000);

  it("constructs an encrypted cluster for a program that only names its type", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      const project = await createProject({
        program: "tests/engine/programs/remote-component",
        config: { "aws:region": FLEET.lane.region },
        endpoint: account.gateway.endpoint,
        env: account.env,
      });
      try {
        await assertRemoteCluster(project);
      } finally {
        await project.dispose();
      }
    }));
});
