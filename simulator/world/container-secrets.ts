// The secrets and parameters that a container reads at its start, and what keeps it from reading one.
// Sources: Secret, RepositoryCredentials and LogConfiguration.secretOptions, ECS API reference (documented); the texts are reported.
// Invariant: what belongs to an account or Region that this world does not hold is taken for present.

import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { parameterNames, parseSecretReference } from "../../domain/secret-reference";
import { arnIn } from "./arns";
import type { Lane } from "./lane";
import { secretNamed } from "./secret";
import type { WorldState } from "./world-state";

/** As written: those of the environment, of the log driver, and the one that opens a private registry. */
export function secretsOf(
  lane: Lane,
  { secrets, logConfiguration, repositoryCredentials }: ContainerDefinition,
): readonly string[] {
  const read = [...(secrets ?? []), ...(logConfiguration?.secretOptions ?? [])].map(({ valueFrom }) => valueFrom);
  const opens = repositoryCredentials?.credentialsParameter;
  // Elsewhere a bare name is that of a parameter; here it is that of a secret.
  const credentials = opens === undefined || opens.startsWith("arn:") ? opens : secretsArn(lane, opens);
  return [...read, credentials].filter((written) => written !== undefined && written !== "") as string[];
}

function secretsArn(lane: Lane, name: string): string {
  return arnIn(lane, "secretsmanager", `secret:${name}`);
}

/** As a stopped reason; null when it can be read. */
export function secretTrouble(world: WorldState, lane: Lane, written: string): string | null {
  const secretReference = parseSecretReference(written);
  const { kind, reference, account, region } = secretReference;
  const home = account === null ? lane : world.lanes.get(`${account}/${region}`);
  if (home === undefined) return null;
  if (kind === "parameter") {
    const isThere = parameterNames(secretReference).some((name) => home.parameters.has(name));
    return isThere ? null : unreadable("secrets from ssm", `invalid parameters: ${written}`);
  }
  const secret = secretNamed(home, reference, world.nowMs);
  if (secret?.deletionAtMs === null) return null;
  const why = secret === undefined ? NOT_FOUND : MARKED_FOR_DELETION;
  return unreadable("secret from asm", `failed to fetch secret ${reference} from secrets manager: ${why}`);
}

const NOT_FOUND = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";
const MARKED_FOR_DELETION =
  "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.";

function unreadable(what: string, why: string): string {
  return (
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: " +
    `unable to retrieve ${what}: service call has been retried 1 time(s): ${why}`
  );
}
