// The Python scripts beside this file, run against a simulator started for them: boto3 as a second client with AWS's own models,
// moto as a second simulator. They need a Python with tests/interop/requirements.txt installed (FARGATE_CMK_PYTHON names it,
// else python3) and are skipped without it.

import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { startSimulator } from "../../simulator/start-simulator";
import { contractFleet } from "../simulator/contract-sequence";

const PYTHON = process.env.FARGATE_CMK_PYTHON ?? "python3";

describe("boto3", function () {
  this.timeout(120_000);

  it("reads the reply of every modelled operation, and meets the traps", async function () {
    if (!has("boto3")) this.skip();
    await withSimulator(async (endpoint) => {
      const { status, output } = await runPython(["tests/interop/boto3_contract.py", endpoint]);
      assert.equal(status, 0, output);
      assert.match(output, / passed, 0 failed, /);
    });
  });
});

describe("moto", function () {
  this.timeout(120_000);

  it("agrees with the simulator where both have an operation, but for what is known", async function () {
    if (!has("boto3", "moto", "flask")) this.skip();
    const moto = spawn(PYTHON, ["-m", "moto.server", "-p", "0"], { stdio: ["ignore", "ignore", "pipe"] });
    try {
      const motoEndpoint = await endpointOf(moto);
      await withSimulator(async (endpoint) => {
        const { status, output } = await runPython(["tests/interop/moto_differential.py", motoEndpoint, endpoint]);
        assert.equal(status, 0, output);
        assert.match(output, / passed, 0 failed, /);
      });
    } finally {
      moto.kill();
    }
  });
});

function has(...modules: readonly string[]): boolean {
  return spawnSync(PYTHON, ["-c", `import ${modules.join(", ")}`], { stdio: "ignore" }).status === 0;
}

async function withSimulator(act: (endpoint: string) => Promise<void>): Promise<void> {
  const simulator = await startSimulator({ fleet: contractFleet(), seed: 7, clock: { mode: "manual" } });
  try {
    await act(simulator.endpoint);
    assert.deepEqual(simulator.defects(), []);
  } finally {
    await simulator.close();
  }
}

async function runPython(args: readonly string[]): Promise<{ status: unknown; output: string }> {
  const child = spawn(PYTHON, ["-B", ...args.map((arg) => (arg.endsWith(".py") ? path.resolve(arg) : arg))]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
  }
  const [status] = await once(child, "close");
  return { status, output };
}

/** Where moto says that it listens. */
async function endpointOf(moto: ChildProcess): Promise<string> {
  assert.ok(moto.stderr);
  for await (const line of createInterface({ input: moto.stderr })) {
    const endpoint = /Running on (http:\/\/\S+)/.exec(line)?.[1];
    if (endpoint !== undefined) {
      moto.stderr.resume();
      return endpoint;
    }
  }
  throw new Error("moto ended before it said where it listens; run it by hand: python3 -m moto.server -p 0");
}
