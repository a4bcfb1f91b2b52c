// The secrets and parameters that a start reads: whether they are there. Never what they hold.
//
// Invariants
//   each is asked for once, by its ARN or name, whatever keys and versions of it are used
//   what is not asked about (core/scan/what-is-asked.ts) is unknown, never missing

import { BATCH_LIMITS } from "../../domain/api-quotas";
import { type Fact, unknown } from "../../domain/fact";
import type { Lane } from "../../domain/fleet";
import type { SecretRecord, SecretState } from "../../domain/fleet-surroundings";
import { parameterNames, parseSecretReference, type SecretReference } from "../../domain/secret-reference";
import { whySecretNotAsked } from "../core/scan/what-is-asked";
import type { SurroundingsPort } from "../ports/surroundings-port";
import { byText } from "./by-text";
import { distinct } from "./distinct";
import { type OnRead, readEach, readInBatches } from "./read-each";
import type { ScanReader } from "./scan-reader";

export interface SecretScan {
  readonly surroundings: SurroundingsPort;
  readonly reader: ScanReader;
  readonly lane: Lane;
  readonly onRead: OnRead;
}

/** `written`: as task definitions write them. */
export async function scanSecrets(written: readonly string[], scan: SecretScan): Promise<readonly SecretRecord[]> {
  const parsed = written.map(parseSecretReference);
  const all = [...new Map(parsed.map((secret) => [secret.reference, secret])).values()].toSorted(
    byText(({ reference }) => reference),
  );
  const askable = all.filter((secret) => whySecretNotAsked(secret, scan.lane) === null);
  const secrets = await readSecrets(askable, scan);
  const parameters = await readParameters(askable, scan);
  return all.map((secret) => {
    const { reference, kind } = secret;
    const why = whySecretNotAsked(secret, scan.lane);
    if (why !== null) return { reference, kind, state: unknown(why) };
    const seen = kind === "secret" ? secrets.get(reference) : underAnyName(secret, parameters);
    return { reference, kind, state: seen ?? unknown("it was not asked for") };
  });
}

/** Missing only when it is so under each name that it may have. */
function underAnyName(
  parameter: SecretReference,
  states: ReadonlyMap<string, Fact<SecretState>>,
): Fact<SecretState> | undefined {
  const seen = parameterNames(parameter).flatMap((name) => states.get(name) ?? []);
  const isThere = (state: Fact<SecretState>): boolean => state.kind === "known" && state.value === "present";
  return seen.find(isThere) ?? seen.find(({ kind }) => kind === "unknown") ?? seen[0];
}

async function readSecrets(
  all: readonly SecretReference[],
  { surroundings, reader, onRead }: SecretScan,
): Promise<ReadonlyMap<string, Fact<SecretState>>> {
  const items = all.filter(({ kind }) => kind === "secret").map(({ reference }) => reference);
  const states = await readEach({
    items,
    onRead,
    read: (secret) => reader.read(secret, () => surroundings.secretState(secret)),
  });
  return new Map(items.map((secret, index) => [secret, states[index] ?? unknown("it was not asked for")]));
}

function readParameters(
  all: readonly SecretReference[],
  { surroundings, reader, onRead }: SecretScan,
): Promise<ReadonlyMap<string, Fact<SecretState>>> {
  return readInBatches({
    reader,
    subject: "the parameters",
    items: distinct(all.filter(({ kind }) => kind === "parameter").flatMap(parameterNames)),
    most: BATCH_LIMITS.describeParameters,
    onRead,
    async ask(names) {
      const present = await surroundings.presentParameters(names);
      return (name): SecretState => (present.has(name) ? "present" : "missing");
    },
  });
}
