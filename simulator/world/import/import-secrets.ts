// The secrets and parameters of a fleet, in the lanes that their references name; values are nobody's business here.
// Invariants: what a scan looked for in vain is not there; what nobody could look at is taken for present.

import type { Fleet } from "../../../domain/fleet";
import type { SecretState } from "../../../domain/fleet-surroundings";
import { parseSecretReference, type SecretReference } from "../../../domain/secret-reference";
import { arnIn } from "../arns";
import type { Lane } from "../lane";
import { secretName } from "../secret";
import { laneOf, nextSequence, type WorldState } from "../world-state";

/** When a deletion that a scan saw under way ends: after the longest recovery window. */
const RECOVERY_WINDOW_MS = 30 * 86_400_000;

export function importSecrets(world: WorldState, fleet: Fleet): void {
  const known = new Map<string, SecretState>();
  for (const { reference, state } of fleet.secrets) if (state.kind === "known") known.set(reference, state.value);
  const written = fleet.taskDefinitions.flatMap((fact) =>
    fact.kind === "known" ? fact.value.containers.flatMap(({ secretArns }) => secretArns) : [],
  );
  const references = [...fleet.secrets.map(({ reference }) => reference), ...written].map(parseSecretReference);
  for (const reference of references) {
    importSecret(world, fleet, { reference, state: known.get(reference.reference) ?? "present" });
  }
}

function importSecret(
  world: WorldState,
  fleet: Fleet,
  { reference, state }: { readonly reference: SecretReference; readonly state: SecretState },
): void {
  const lane = laneOf(world, reference.account ?? fleet.lane.account, reference.region ?? fleet.lane.region);
  if (state === "missing") return;
  if (reference.kind === "parameter") addParameter(world, lane, reference.name);
  else
    addSecret(world, lane, { reference, deletionAtMs: state === "present" ? null : world.nowMs + RECOVERY_WINDOW_MS });
}

function addParameter(world: WorldState, lane: Lane, name: string): void {
  if (lane.parameters.has(name)) return;
  lane.parameters.set(name, {
    sequence: nextSequence(world),
    name,
    arn: arnIn(lane, "ssm", `parameter/${name.replace(/^\//, "")}`),
    type: "SecureString",
    description: null,
    version: 1,
    modifiedAtMs: world.startedAtMs,
  });
}

function addSecret(
  world: WorldState,
  lane: Lane,
  { reference, deletionAtMs }: { readonly reference: SecretReference; readonly deletionAtMs: number | null },
): void {
  const name = secretName(reference.name);
  if (lane.secrets.has(name)) return;
  const secret = { name, arn: reference.reference, createdAtMs: world.startedAtMs, description: "", tags: {} };
  lane.secrets.set(name, { ...secret, deletionAtMs });
}
