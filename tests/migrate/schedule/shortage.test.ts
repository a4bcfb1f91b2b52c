import assert from "node:assert/strict";
import { type Amounts, type Shortage, shortageWords } from "../../../migrate/core/schedule/shortage";
import { plannedOf } from "../machine/run-fixture";
import { clusterArn, laneOf } from "./schedule-fixture";

const PLANNED = plannedOf(laneOf({ ledger: {} }).plan, "ledger");
const AMOUNTS: Amounts = { needed: 4, free: 2.5, room: 12, keptFor: null };
const TARGETS = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef";

const WORDS: readonly (readonly [Shortage, string])[] = [
  [{ kind: "places" }, "waits for a place in flight"],
  [{ kind: "vcpu", capacity: "onDemand", ...AMOUNTS }, "waits for 4 vCPU: 2.5 of 12 free"],
  [{ kind: "vcpu", capacity: "spot", ...AMOUNTS }, "waits for 4 Spot vCPU: 2.5 of 12 free"],
  [
    { kind: "vcpu", capacity: "onDemand", ...AMOUNTS, needed: 0.25, free: 0.19, room: 0.2 },
    "waits for all free vCPU: others on their way have some",
  ],
  [
    { kind: "vcpu", capacity: "onDemand", ...AMOUNTS, needed: 0.25, free: 0.19, room: 9.99 },
    "waits for 0.3 vCPU: 0.1 of 9.9 free",
  ],
  [
    { kind: "vcpu", capacity: "onDemand", ...AMOUNTS, keptFor: PLANNED },
    "waits for 4 vCPU: kept for pay/ledger, which waits longer",
  ],
  [
    { kind: "addresses", subnets: ["subnet-1", "subnet-2"], ...AMOUNTS, free: 2 },
    "waits for 4 addresses in subnet-1 and subnet-2: 2 of 12 free",
  ],
  [
    { kind: "addresses", subnets: ["subnet-1"], ...AMOUNTS, needed: 1, free: 0 },
    "waits for 1 address in subnet-1: 0 of 12 free",
  ],
  [{ kind: "targets", arn: TARGETS, ...AMOUNTS, free: 2 }, "waits for 4 targets in web: 2 of 12 free"],
  [{ kind: "mutex", mutex: { tag: "db", value: "orders" }, holder: PLANNED }, "waits for pay/ledger (db=orders)"],
  [{ kind: "launches", capacity: "onDemand", untilMs: 1 }, "waits for Fargate's launch rate"],
  [{ kind: "launches", capacity: "spot", untilMs: 1 }, "waits for Fargate's launch rate (Spot)"],
  [{ kind: "grants", keyArn: "arn", untilMs: 1 }, "waits for the rate of grants on KMS keys"],
  [{ kind: "ramp", clusterArn: clusterArn("pay"), clusterName: "pay" }, "waits until a task on the key runs in pay"],
];

describe("what a service waits for", () => {
  for (const [shortage, words] of WORDS) it(`is told: ${words}`, () => assert.equal(shortageWords(shortage), words));
});
