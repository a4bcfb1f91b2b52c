import assert from "node:assert/strict";
import { engineEnvironment } from "./engine-environment";

const OWN = { folder: "/own", typeChecked: false, inherited: { PATH: "/usr/bin", HOME: "/home/me" } };

describe("the environment of an engine run", () => {
  it("holds nothing of the developer's Pulumi and AWS settings", () => {
    const inherited = {
      ...OWN.inherited,
      PULUMI_ACCESS_TOKEN: "pul-1",
      AWS_PROFILE: "production",
      AWS_REGION: "us-east-1",
    };
    const environment = engineEnvironment({ ...OWN, inherited });
    assert.deepEqual(
      Object.keys(environment).filter((name) => name in inherited),
      ["PATH", "HOME"],
    );
  });

  it("finds our AWS provider before any other and a language host of the machine before ours", () => {
    assert.equal(engineEnvironment(OWN).PATH, "/own/launchers/aws-provider:/usr/bin:/own/launchers/language-host");
  });

  it("sends AWS calls to the simulator, or to nowhere", () => {
    assert.equal(engineEnvironment({ ...OWN, endpoint: "http://127.0.0.1:4" }).AWS_ENDPOINT_URL, "http://127.0.0.1:4");
    assert.equal(engineEnvironment(OWN).AWS_ENDPOINT_URL, "http://127.0.0.1:9");
  });

  it("keeps Pulumi's home and state in the project's own folder", () => {
    const { PULUMI_HOME: home, PULUMI_BACKEND_URL: backend } = engineEnvironment(OWN);
    assert.deepEqual([home, backend], ["/own/home", "file:///own/state"]);
  });
});
