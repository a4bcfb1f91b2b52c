// `simulate`: the embedded AWS at an endpoint of this machine, until Ctrl-C.
// Invariant: it listens on loopback unless forced, because any access key is welcome there.

import path from "node:path";
import type { Fleet } from "../../domain/fleet";
import { demoFleet } from "../../simulator/demo-fleet";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../simulator/start-simulator";
import { systemCode } from "../adapters/files/file-failure";
import { readTextFile } from "../adapters/files/read-text-file";
import { parseFleet } from "../core/model/parse-fleet";
import { FargateCmkError } from "../errors";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { durationMsOf, numberOf, usage } from "./option-values";

export interface SimulateOptions extends GlobalOptions {
  readonly port: string;
  readonly host: string;
  readonly fleet?: string;
  readonly speed: string;
  readonly seed: string;
  readonly readLag: string;
  readonly force?: boolean;
}

const LOOPBACK_HOSTS: readonly string[] = ["127.0.0.1", "::1", "localhost"];

export async function simulateCommand(options: SimulateOptions, context: CommandContext): Promise<number> {
  const host = checkedHost(options);
  const seed = numberOf(options.seed, { option: "--seed", min: 0, max: 2 ** 31 - 1 });
  const speed = numberOf(options.speed, { option: "--speed", min: 0.001, max: 100_000, whole: false });
  const port = numberOf(options.port, { option: "--port", min: 0, max: 65_535 });
  const readLagMaxMs = durationMsOf(options.readLag, "--read-lag");
  const fleet = await fleetOf({ name: options.fleet, seed }, context);
  const simulator = await listening({ fleet, seed, host, port, clock: { mode: "scaled", speed }, readLagMaxMs });
  const { endpoint } = simulator;
  const clusters = fleet.clusters.map(({ name }) => name);
  context.output.emit("simulator.listening", { endpoint, ...fleet.lane, seed, speed, clusters });
  await aborted(context.signal);
  await simulator.close();
  context.output.emit("simulator.closed", { endpoint, requests: simulator.simulation.calls().calls });
  return EXIT.done;
}

function checkedHost({ host, force }: SimulateOptions): string {
  if (LOOPBACK_HOSTS.includes(host) || force === true) return host;
  const message = `--host ${host} lets other machines in, and the simulator checks no credentials`;
  throw usage(message, "leave --host away, or add --force if you mean it");
}

async function fleetOf(
  { name, seed }: { readonly name: string | undefined; readonly seed: number },
  { cwd, clock }: CommandContext,
): Promise<Fleet> {
  if (name === undefined) return demoFleet({ seed, at: new Date(clock.nowMs()).toISOString() });
  return parseFleet(await readTextFile(path.resolve(cwd, name), name), name);
}

async function listening(options: SimulatorOptions): Promise<Simulator> {
  try {
    return await startSimulator(options);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error && error.syscall === "listen")) throw error;
    throw new FargateCmkError("usage", {
      message: `cannot listen on ${options.host} port ${options.port}: ${listenProblem(error)}`,
      remedy: "give another --port; 0 takes a free one",
      cause: error,
    });
  }
}

function listenProblem(error: Error): string {
  switch (systemCode(error)) {
    case "EADDRINUSE":
      return "something listens there already, perhaps another simulator";
    case "EACCES":
      return "only an administrator may listen there";
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return "this machine does not have that address";
    default:
      return error.message;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
