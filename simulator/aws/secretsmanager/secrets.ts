// CreateSecret, DescribeSecret, ListSecrets, DeleteSecret, RestoreSecret.
// Source: Secrets Manager API reference (documented: the rules for names, an ARN that ends in six random characters, a recovery
// window of 7 to 30 days, 30 unless given; a name stays taken until the window is over); the texts are reported.
// Invariant: a value that is sent is forgotten at once: nothing here can answer it.

import type {
  CreateSecretRequest,
  DeleteSecretRequest,
  DescribeSecretRequest,
  ListSecretsRequest,
  RestoreSecretRequest,
} from "@aws-sdk/client-secrets-manager";
import { arnIn } from "../../world/arns";
import { AwsError, invalidParameter } from "../../world/aws-error";
import { isGone, type Secret, secretNamed } from "../../world/secret";
import { instant, instantOrNothing } from "../instant";
import { numberedPage } from "../numbered-page";
import { type Context, withoutUndefined } from "../operation";

const NAME = /^[\w/+=.@-]{1,512}$/;
const WINDOW_DAYS = { standard: 30, least: 7, most: 30 };
const DAY_MS = 86_400_000;

export function createSecret({ world, lane }: Context, input: CreateSecretRequest) {
  const name = requireName(input.Name ?? "");
  const taken = secretNamed(lane, name, world.nowMs);
  if (taken !== undefined) throw takenBy(taken);
  const arn = arnIn(lane, "secretsmanager", `secret:${name}-${world.identifiers.secretSuffix()}`);
  const tags = Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  const createdAtMs = world.nowMs;
  lane.secrets.set(name, { name, arn, createdAtMs, description: input.Description ?? "", tags, deletionAtMs: null });
  return { ARN: arn, Name: name };
}

export function describeSecret(context: Context, input: DescribeSecretRequest) {
  return shown(requireSecret(context, input.SecretId));
}

/** Those that wait for their deletion only when asked for (documented). Filters are not modelled, and refused. */
export function listSecrets({ world, lane }: Context, input: ListSecretsRequest) {
  if ((input.Filters ?? []).length > 0) throw invalidParameter("The simulation lists secrets without filters only.");
  const isShown = (secret: Secret) =>
    secret.deletionAtMs === null || (input.IncludePlannedDeletion === true && !isGone(secret, world.nowMs));
  const { items, nextToken } = numberedPage([...lane.secrets.values()].filter(isShown), {
    question: `ListSecrets ${input.IncludePlannedDeletion === true}`,
    token: input.NextToken,
    asked: input.MaxResults,
    standard: PAGE,
    most: PAGE,
    codes: { size: "InvalidParameterException", token: "InvalidNextTokenException" },
  });
  return withoutUndefined({ SecretList: items.map(shown), NextToken: nextToken });
}

const PAGE = 100;

function shown(secret: Secret) {
  return withoutUndefined({
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description || undefined,
    CreatedDate: instant(secret.createdAtMs),
    LastChangedDate: instant(secret.createdAtMs),
    DeletedDate: instantOrNothing(secret.deletionAtMs),
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
  });
}

export function deleteSecret(context: Context, input: DeleteSecretRequest) {
  const { world } = context;
  const secret = requireSecret(context, input.SecretId);
  if (input.ForceDeleteWithoutRecovery === true && input.RecoveryWindowInDays !== undefined) {
    throw invalidParameter(
      "An error occurred because you can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  }
  const days = requireWindow(input.RecoveryWindowInDays ?? WINDOW_DAYS.standard);
  if (secret.deletionAtMs !== null && input.ForceDeleteWithoutRecovery !== true) {
    throw new AwsError("InvalidRequestException", "The secret was already scheduled for deletion.");
  }
  secret.deletionAtMs = input.ForceDeleteWithoutRecovery === true ? world.nowMs : world.nowMs + days * DAY_MS;
  return { ARN: secret.arn, Name: secret.name, DeletionDate: instant(secret.deletionAtMs) };
}

export function restoreSecret(context: Context, input: RestoreSecretRequest) {
  const secret = requireSecret(context, input.SecretId);
  secret.deletionAtMs = null;
  return { ARN: secret.arn, Name: secret.name };
}

function requireSecret({ world, lane }: Context, reference: string | undefined): Secret {
  const arn = /^arn:[^:]*:secretsmanager:([^:]*):([^:]*):/.exec(reference ?? "");
  const home = arn === null ? lane : world.lanes.get(`${arn[2]}/${arn[1]}`);
  const found = home === undefined ? undefined : secretNamed(home, reference ?? "", world.nowMs);
  if (found !== undefined) return found;
  throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
}

function requireName(name: string): string {
  if (NAME.test(name)) return name;
  throw invalidParameter(
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
  );
}

function requireWindow(days: number): number {
  if (Number.isInteger(days) && days >= WINDOW_DAYS.least && days <= WINDOW_DAYS.most) return days;
  throw invalidParameter(
    `The RecoveryWindowInDays value must be between ${WINDOW_DAYS.least} and ${WINDOW_DAYS.most} days (inclusive).`,
  );
}

function takenBy({ name, deletionAtMs }: Secret): AwsError {
  if (deletionAtMs === null) {
    return new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
  }
  const why = "a secret with this name is already scheduled for deletion";
  return new AwsError("InvalidRequestException", `You can't create this secret because ${why}.`);
}
