// A process that is held up between its last look and the network: the real SDK asks once more before the bytes leave.

import assert from "node:assert/strict";
import { createAwsClients } from "../../../migrate/adapters/aws/aws-clients";
import { createEcsAdapter } from "../../../migrate/adapters/aws/ecs-adapter";
import { requestsThrough } from "../../../migrate/adapters/aws/send-request";
import { createSystemClock } from "../../../migrate/adapters/clocks/system-clock";
import { createPacedGate } from "../../../migrate/drive/paced-gate";
import { startCannedAws } from "../adapters-aws/canned-aws";
import { createJumpingClock } from "./jumping-clock";

const CLUSTER = "arn:aws:ecs:eu-west-1:111122223333:cluster/pay";
const SERVICE = { serviceArn: `${CLUSTER}/api`, serviceName: "api", clusterArn: CLUSTER };
const FRESH_MS = 5_000;

describe("a redeployment that is held up on its way to the network", () => {
  for (const [title, heldUpMs, requests] of [
    ["is not sent when what it rests on is too old by then", FRESH_MS + 1, 0],
    ["is sent while what it rests on is fresh", FRESH_MS - 1, 1],
  ] as const) {
    it(title, async () => {
      const clock = createJumpingClock();
      const canned = await startCannedAws(() => ({ kind: "reply", body: { service: SERVICE } }));
      const clients = createAwsClients({
        region: "eu-west-1",
        endpoint: canned.endpoint,
        connectTimeoutMs: 5_000,
        // As a sign-in that has to be renewed first, or a laptop that is shut just now.
        credentials: async () => {
          await clock.sleep(heldUpMs);
          return { accessKeyId: "111122223333", secretAccessKey: "any" };
        },
      });
      try {
        const send = requestsThrough(createPacedGate({ clock, requestClock: createSystemClock(), seed: 1 }));
        const ecs = createEcsAdapter({ client: clients.ecs, send, clock });
        const call = { clusterArn: CLUSTER, service: "api", notAfterMs: clock.nowMs() + FRESH_MS };
        const outcome = await ecs.forceNewDeployment(call).then(
          () => "sent",
          (error: { code?: string }) => error.code,
        );
        assert.deepEqual([outcome, canned.requests.length], [requests === 0 ? "NotSent" : "sent", requests]);
      } finally {
        clients.destroy();
        await canned.close();
      }
    });
  }
});
