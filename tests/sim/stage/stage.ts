// Where a story is lived: world, clock, journal and witness together, with rivals and faults waiting for their cue.
// Invariants: the program meets its real adapters and gate; rivals act through the simulator alone.

import type { Fleet } from "../../../domain/fleet";
import { createAccountAdapter } from "../../../migrate/adapters/aws/account-adapter";
import { createEcsAdapter } from "../../../migrate/adapters/aws/ecs-adapter";
import { requestsThrough } from "../../../migrate/adapters/aws/send-request";
import { createSurroundingsAdapter } from "../../../migrate/adapters/aws/surroundings/surroundings-adapter";
import type { Plan } from "../../../migrate/core/model/plan";
import { createPacedGate } from "../../../migrate/drive/paced-gate";
import { scan } from "../../../migrate/drive/scan";
import { aFleet } from "../../../simulator/fleet-builder";
import { inProcessHandler } from "../../../simulator/in-process-handler";
import type { Simulation } from "../../../simulator/simulation";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { sdkClients } from "../../simulator/sdk-clients";
import type { Story } from "../stories/story";
import { MortalRunStore } from "./mortal-run-store";
import { beginStory, type Presence } from "./play-story";
import { SecondDoor, SharedWitness } from "./second-copy";
import { SimClock } from "./sim-clock";
import type { Strike } from "./strike";
import { type Witness, WitnessedSimulation } from "./witnessed-simulation";
import { WorldHistory } from "./world-history";

export type Stage = ReturnType<typeof setStage>;

export function setStage(story: Story, account: Fleet) {
  const clock = new SimClock(Date.parse(account.readAt));
  const { seed, switches, readLagMaxMs } = story;
  const world = worldFromFleet(account, { seed, switches, readLagMaxMs });
  const history = new WorldHistory(world, story.onlyTheEnd !== true);
  const witness: Witness = { calls: [], lastLine: 0, beforeCall: () => {} };
  const shared = new SharedWitness(witness);
  const simulation = new WitnessedSimulation({ world: history, clock }, shared);
  const secondDoor = new SecondDoor({ simulation, history, shared });
  const doors = { first: doorOf(simulation, account), second: doorOf(secondDoor, account) };
  const store = new MortalRunStore();
  const notes: { atMs: number; what: string }[] = [];
  const strikes: Strike[] = [];
  const interrupt = { current: new AbortController() };
  const presence: Presence = { isAway: true, awayMs: null, onSecondCopy: () => {} };
  const open = (gateSeed: number, door: keyof typeof doors = "first") => {
    const { clients } = doors[door];
    const send = requestsThrough(createPacedGate({ clock, seed: gateSeed }));
    const ecs = createEcsAdapter({ client: clients.ecs, send, clock });
    const surroundings = createSurroundingsAdapter({ clientOf: clients.clientOf, send, clock });
    return { ecs, account: createAccountAdapter({ ...clients, send, clock }), surroundings };
  };
  const props = { clock, history, simulation, witness, store, notes, strikes, interrupt, presence };
  return {
    ...props,
    secondDoor,
    open,
    begin: (plan: Plan) => beginStory({ story, account, plan }, props),
    defects: () => Object.values(doors).flatMap(({ handler }) => handler.defects()),
  };
}

function doorOf(simulation: Simulation, { lane }: Fleet) {
  const handler = inProcessHandler({ simulation });
  return { handler, clients: sdkClients({ handler }, lane.account, lane.region) };
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
