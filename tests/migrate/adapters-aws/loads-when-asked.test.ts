// What is loaded when AWS is opened: a command that asks ECS alone must not wait for the clients of other services.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

const OPEN_AWS = path.resolve(__dirname, "../../../migrate/adapters/aws/open-aws.js");
const CLOCK = path.resolve(__dirname, "../../../migrate/adapters/clocks/system-clock.js");

function clientsLoadedBy(work: string): readonly string[] {
  const script = `
    const { openAws } = require(${JSON.stringify(OPEN_AWS)});
    const { createSystemClock } = require(${JSON.stringify(CLOCK)});
    (async () => {
      const clock = createSystemClock();
      const aws = await openAws({ region: "eu-west-1", endpoint: "http://127.0.0.1:9", clock, limits: { failedAttemptsMax: 1 } });
      ${work}
      const names = Object.keys(require.cache).map((file) => /@aws-sdk.(client-[a-z0-9-]+)/.exec(file)?.[1]);
      process.stdout.write(JSON.stringify([...new Set(names.filter(Boolean))].sort()));
      aws.close();
    })();`;
  const env = { ...process.env, AWS_ACCESS_KEY_ID: "111122223333", AWS_SECRET_ACCESS_KEY: "any" };
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { env, encoding: "utf8" });
  return JSON.parse(stdout || assert.fail(stderr));
}

describe("opening AWS", function () {
  this.timeout(20_000);

  it("loads the clients of ECS, KMS, EC2 and STS and of no other service", () => {
    assert.deepEqual(clientsLoadedBy(""), ["client-ec2", "client-ecs", "client-kms", "client-sts"]);
  });

  it("loads the client of another service when that is asked, and no more", () => {
    const asked = clientsLoadedBy('await aws.surroundings.secretState("db").catch(() => null);');
    assert.deepEqual(asked, ["client-ec2", "client-ecs", "client-kms", "client-secrets-manager", "client-sts"]);
  });
});
