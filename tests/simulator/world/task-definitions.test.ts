import assert from "node:assert/strict";
import { SmallWorld } from "./small-world";

const FARGATE = { requiresCompatibilities: ["FARGATE"] };

describe("simulated task definitions", () => {
  describe("35 a task definition for Fargate has CPU and memory of its own and the awsvpc network mode", () => {
    const slips: readonly (readonly [member: string, slip: object, message: string])[] = [
      ["cpu", { cpu: undefined }, "Fargate requires that 'cpu' be defined at the task level."],
      ["memory", { memory: undefined }, "Fargate requires that 'memory' be defined at the task level."],
      ["networkMode", { networkMode: "bridge" }, "Fargate only supports network mode 'awsvpc'."],
    ];
    for (const [member, slip, message] of slips) {
      it(`refuses one whose ${member} will not do, and takes it for EC2`, () => {
        const small = new SmallWorld();
        const input = { ...request(), ...slip };
        const refusal = small.refused("ecs", "RegisterTaskDefinition", { ...input, ...FARGATE });
        assert.deepEqual(refusal, { code: "ClientException", message });
        const { taskDefinition } = small.ecs("RegisterTaskDefinition", input);
        assert.equal(taskDefinition.revision, 1);
      });
    }
  });
});

function request(): Readonly<Record<string, unknown>> {
  const containerDefinitions = [{ name: "app", image: "app:1", essential: true, memory: 128 }];
  return { family: "app", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions };
}
