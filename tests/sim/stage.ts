// Where a story is lived: world, clock, journal and witness together, with rivals and faults waiting for their cue.
// Invariants: the program meets its real adapters and gate; rivals act through the simulator alone.

import type { Fleet } from "../../domain/fleet";
import { createAccountAdapter } from "../../migrate/adapters/aws/account-adapter";
import { createEcsAdapter } from "../../migrate/adapters/aws/ecs-adapter";
import { requestsThrough } from "../../migrate/adapters/aws/send-request";
import { createSurroundingsAdapter } from "../../migrate/adapters/aws/surroundings/surroundings-adapter";
import { createPacedGate } from "../../migrate/drive/paced-gate";
import { scan } from "../../migrate/drive/scan";
import { aFleet } from "../../simulator/fleet-builder";
import { inProcessHandler } from "../../simulator/in-process-handler";
import { worldFromFleet } from "../../simulator/world-from-fleet";
import { sdkClients } from "../simulator/sdk-clients";
import { MortalRunStore } from "./mortal-run-store";
import type { Rival } from "./rivals";
import { SimClock } from "./sim-clock";
import type { Story } from "./story";
import { type Witness, WitnessedSimulation } from "./witnessed-simulation";
import { WorldHistory } from "./world-history";

export function setStage(story: Story, account: Fleet) {
  const clock = new SimClock(Date.parse(account.readAt));
  const { seed, switches, readLagMaxMs } = story;
  const world = worldFromFleet(account, { seed, switches, readLagMaxMs });
  const history = new WorldHistory(world, story.onlyTheEnd !== true);
  const witness: Witness = { calls: [], lastLine: 0, beforeCall: () => {} };
  const simulation = new WitnessedSimulation({ world: history, clock }, witness);
  const handler = inProcessHandler({ simulation });
  const clients = sdkClients({ handler }, account.lane.account, account.lane.region);
  const store = new MortalRunStore();
  const notes: { atMs: number; what: string }[] = [];
  const interrupt = { current: new AbortController() };
  const open = (gateSeed: number) => {
    const send = requestsThrough(createPacedGate({ clock, seed: gateSeed }));
    const ecs = createEcsAdapter({ client: clients.ecs, send, clock });
    const surroundings = createSurroundingsAdapter({ clientOf: clients.clientOf, send, clock });
    return { ecs, account: createAccountAdapter({ ...clients, send, clock }), surroundings };
  };

  async function act({ acts }: Rival, delayMs: number): Promise<void> {
    for (const { afterMs, fault } of acts) {
      if (delayMs + afterMs > 0) await clock.sleep(delayMs + afterMs);
      delayMs = 0;
      strike(fault);
    }
  }

  function strike(fault: Rival["acts"][number]["fault"]): void {
    const what = JSON.stringify({ ...fault, ...("policy" in fault ? { policy: "…" } : {}) });
    try {
      if (fault.kind === "cluster-deleted") deleteCluster(fault.cluster);
      else simulation.inject(fault);
      notes.push({ atMs: clock.nowMs(), what });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      notes.push({ atMs: clock.nowMs(), what: `in vain: ${what}` });
    }
  }

  function deleteCluster(cluster: string): void {
    const { account: owner, region } = account.lane;
    const caller = { account: owner, region, principalArn: `arn:aws:iam::${owner}:user/rival` };
    const call = { service: "ecs", operation: "DeleteCluster", input: { cluster }, caller } as const;
    const reply = history.apply(call, clock.nowMs());
    if (reply.kind === "error") throw new RangeError(reply.message);
  }

  async function later(ms: number, what: () => void): Promise<void> {
    await clock.sleep(ms);
    what();
  }

  function begin(): void {
    const beganMs = clock.nowMs();
    for (const { fromMs, untilMs, ...fault } of story.faults) {
      const span = { fromMs: beganMs + fromMs, ...(untilMs === undefined ? {} : { untilMs: beganMs + untilMs }) };
      simulation.scheduleFault({ ...fault, ...span });
    }
    for (const ms of story.interruptsMs) void later(ms, () => interrupt.current.abort());
    for (const { atMs, request } of story.controls) {
      void later(atMs, () => {
        store.request = request;
      });
    }
    const waiting = new Set(story.rivals);
    for (const rival of story.rivals) if (rival.cue.kind === "time") void act(rival, rival.cue.atMs);
    store.onLine = (line) => {
      witness.lastLine = line.seq;
      const { approvesAfterMs } = story;
      if (line.event.kind === "wave-closed" && approvesAfterMs !== undefined && story.options.gate?.approval === true) {
        void later(approvesAfterMs, () => {
          store.request = "approve";
        });
      }
      const about = "service" in line.event ? line.event.service : null;
      for (const rival of [...waiting]) {
        const { cue, service } = rival;
        if (cue.kind !== "line" || cue.line !== line.event.kind) continue;
        if (service !== null && about !== null && service !== about) continue;
        waiting.delete(rival);
        void act(rival, cue.delayMs);
      }
    };
    witness.beforeCall = ({ operation, input }) => {
      if (operation !== "UpdateService") return;
      for (const rival of [...waiting]) {
        if (rival.cue.kind !== "update" || (rival.service !== null && rival.service !== input.service)) continue;
        waiting.delete(rival);
        void act(rival, 0);
      }
    };
  }

  return { clock, history, witness, store, notes, interrupt, open, begin, defects: () => handler.defects() };
}

let isWarm = false;

/** The SDK loads parts of itself at its first calls, which would let the clock jump: they are made while it stands still. */
export async function warmUp(story: Story): Promise<void> {
  if (isWarm) return;
  isWarm = true;
  const fleet = aFleet()
    .key("warm", { clusters: ["warm"] })
    .cluster("warm", { key: "warm" })
    .service("warm")
    .secret("warm")
    .parameter("warm")
    .alarms("warm")
    .build();
  const stage = setStage({ ...story, rivals: [], faults: [] }, fleet);
  stage.clock.standsStill = true;
  await scan({ ...stage.open(1), clock: stage.clock, region: fleet.lane.region });
  stage.clock.close();
}
