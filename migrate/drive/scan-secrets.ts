// The secrets and parameters that a start reads: whether they are there. Never what they hold.
//
// Invariants
//   each is asked for once, by its ARN or name, whatever keys and versions of it are used
//   what lives in another Region, parameters of another account and those that AWS itself provides are unknown: the lists that
//   this scan reads do not hold them, so that not being in them means nothing

import { BATCH_LIMITS } from "../../domain/api-quotas";
import { type Fact, unknown } from "../../domain/fact";
import type { Lane } from "../../domain/fleet";
import type { SecretRecord, SecretState } from "../../domain/fleet-surroundings";
import { parseSecretReference, type SecretReference } from "../../domain/secret-reference";
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
  const askable = all.filter((secret) => whyNotAsked(secret, scan.lane) === null);
  const secrets = await readSecrets(askable, scan);
  const parameters = await readParameters(askable, scan);
  return all.map((secret) => {
    const { reference, kind, name } = secret;
    const why = whyNotAsked(secret, scan.lane);
    if (why !== null) return { reference, kind, state: unknown(why) };
    const seen = kind === "secret" ? secrets.get(reference) : parameters.get(name);
    return { reference, kind, state: seen ?? unknown("it was not asked for") };
  });
}

function whyNotAsked({ kind, account, region, name }: SecretReference, lane: Lane): string | null {
  if (region !== null && region !== lane.region) return `it is in ${region}; this scan reads ${lane.region}`;
  if (kind === "secret") return null;
  if (account !== null && account !== lane.account)
    return `it belongs to account ${account}; only parameters of ${lane.account} are listed`;
  return name.startsWith(PROVIDED) ? `Systems Manager does not list parameters below ${PROVIDED}` : null;
}

/** Public parameters, and those that stand for a secret. Source: Systems Manager user guide, "public parameters" (documented). */
const PROVIDED = "/aws/";

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
    items: distinct(all.filter(({ kind }) => kind === "parameter").map(({ name }) => name)),
    most: BATCH_LIMITS.describeParameters,
    onRead,
    async ask(names) {
      const present = await surroundings.presentParameters(names);
      return (name): SecretState => (present.has(name) ? "present" : "missing");
    },
  });
}
