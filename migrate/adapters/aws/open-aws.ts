// Opens one lane of AWS: the clients of one account and Region behind one gate, as the ports that the rest of the program knows.
//
// Invariants
//   the SDK is loaded only here and only when asked, so that commands which need no AWS start quickly
//   missing credentials or a missing Region are found before the first call, with the next step
//   requests time out on the clock of the network, which is not the run's clock when that one jumps or races

import { PACING_LIMITS, type PacingLimits } from "../../core/pacing/pacing-limits";
import { createPacedGate } from "../../drive/paced-gate";
import { FargateCmkError } from "../../errors";
import type { AccountPort } from "../../ports/account-port";
import { AwsFailure } from "../../ports/aws-failure";
import type { CallGate } from "../../ports/call-gate";
import type { Clock } from "../../ports/clock";
import type { EcsPort } from "../../ports/ecs-port";
import type { ProbePort } from "../../ports/probe-port";
import type { SurroundingsPort } from "../../ports/surroundings-port";
import { createSystemClock } from "../clocks/system-clock";
import type { AwsClientSettings, AwsClients } from "./aws-clients";
import { requestsThrough, type SendRequest } from "./send-request";

export interface OpenAwsOptions {
  /** Default: the SDK's chain: AWS_REGION, then the profile's region. */
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** Assumed with the credentials of the chain or the profile. */
  readonly roleArn?: string | undefined;
  /** Default: AWS_ENDPOINT_URL, else AWS. */
  readonly endpoint?: string | undefined;
  /** Pacing and back-off pass on this clock. */
  readonly clock: Clock;
  /** Time-outs of requests pass on this one. Default: the system's. */
  readonly requestClock?: Clock;
  /** Of the jitter. Default: the instant of opening. */
  readonly seed?: number;
  readonly limits?: Partial<PacingLimits>;
}

export interface OpenedAws {
  readonly ecs: EcsPort;
  readonly account: AccountPort;
  readonly surroundings: SurroundingsPort;
  readonly probe: ProbePort;
  readonly gate: CallGate;
  readonly region: string;
  /** The clock it was opened with. */
  readonly clock: Clock;
  /** When the credentials in use end, on that clock; null for those without an end, and where none is told. */
  credentialsExpireAtMs(): Promise<number | null>;
  close(): void;
}

/** Longer than any link needs to connect; a request that never connected was certainly not sent. */
const CONNECT_TIMEOUT_MS = 5_000;

/** @throws FargateCmkError `usage` without a Region, `no-credentials` or `expired-credentials` without usable credentials */
export async function openAws(options: OpenAwsOptions): Promise<OpenedAws> {
  silenceNodeVersionNotice();
  const { clock, requestClock = createSystemClock(), seed = clock.nowMs() } = options;
  const gate = createPacedGate({ clock, requestClock, seed, limits: options.limits ?? PACING_LIMITS });
  const send = requestsThrough(gate);
  const clients = await clientsOf(options, send);
  try {
    const region = await regionOf(clients);
    await checkCredentials(clients, options);
    const { createEcsAdapter } = await import("./ecs-adapter.js");
    const { createAccountAdapter } = await import("./account-adapter.js");
    const { createProbeAdapter } = await import("./probe-adapter.js");
    const { createSurroundingsAdapter } = await import("./surroundings/surroundings-adapter.js");
    const ecs = createEcsAdapter({ client: clients.ecs, send, clock });
    const account = createAccountAdapter({ ...clients, send, clock });
    const surroundings = createSurroundingsAdapter({ clientOf: clients.clientOf, send, clock });
    const probe = createProbeAdapter({ client: clients.ecs, send });
    const credentialsExpireAtMs = () => expiryOf(clients, clock);
    const close = () => clients.destroy();
    return { ecs, account, surroundings, probe, gate, region, clock, credentialsExpireAtMs, close };
  } catch (error) {
    clients.destroy();
    throw error;
  }
}

/** The SDK prints a notice on Node 20 when its first client is made; the supported versions are ours to state. */
function silenceNodeVersionNotice(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
}

async function clientsOf(options: OpenAwsOptions, send: SendRequest): Promise<AwsClients> {
  const { createAwsClients } = await import("./aws-clients.js");
  const settings = settingsOf(options);
  const own = createAwsClients(settings);
  if (options.roleArn === undefined) return own;
  const { assumedRole } = await import("./assume-role.js");
  const credentials = assumedRole({ sts: own.sts, roleArn: options.roleArn, send, clock: options.clock });
  const ofRole = createAwsClients({ ...settings, credentials });
  const destroy = (): void => {
    ofRole.destroy();
    own.destroy();
  };
  return { ...ofRole, destroy };
}

function settingsOf({ region, profile, endpoint }: OpenAwsOptions): AwsClientSettings {
  return {
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

async function regionOf(clients: AwsClients): Promise<string> {
  try {
    return await clients.ecs.config.region();
  } catch (cause) {
    throw new FargateCmkError("usage", {
      message: "no Region is given, and neither AWS_REGION nor the profile names one",
      remedy: "give --region, e.g. --region eu-west-1, or set AWS_REGION",
      cause,
    });
  }
}

/** The SDK tells it on the machine's clock: on another one their remaining life is what counts. */
async function expiryOf(clients: AwsClients, clock: Clock): Promise<number | null> {
  const { expiration } = await clients.ecs.config.credentials();
  return expiration === undefined ? null : clock.nowMs() + expiration.getTime() - Date.now();
}

async function checkCredentials(clients: AwsClients, { profile, roleArn }: OpenAwsOptions): Promise<void> {
  try {
    await clients.ecs.config.credentials();
  } catch (cause) {
    const where = roleArn === undefined ? profileText(profile) : `for role ${roleArn}`;
    const isExpired = /expired/i.test(cause instanceof Error ? cause.message : "");
    const said = cause instanceof Error ? cause.message : String(cause);
    if (cause instanceof AwsFailure && cause.kind === "denied") {
      throw new FargateCmkError("denied", {
        message: `the role ${roleArn ?? ""} cannot be assumed: ${said}`,
        remedy:
          "let the caller assume it (its identity policy and the role's trust policy), or give another --role-arn",
        cause,
      });
    }
    throw new FargateCmkError(isExpired ? "expired-credentials" : "no-credentials", {
      message: `no usable AWS credentials ${where}: ${said}`,
      remedy:
        "sign in (aws sso login, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY), or name a profile with --profile",
      cause,
    });
  }
}

function profileText(profile: string | undefined): string {
  return profile === undefined ? "in the environment or the default profile" : `in profile ${profile}`;
}
