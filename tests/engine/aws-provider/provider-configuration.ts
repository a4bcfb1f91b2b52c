// What the provider is told once: its region, its tags, its credentials; and who it then finds itself to be.
// Invariant: STS is asked exactly once a process, as by the official provider (its second call, a credential pre-check of
// pulumi-aws, is not repeated here).

import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { partitionOf } from "../../../domain/arn";
import { ClientsByRegion } from "./aws-clients";
import { calling } from "./call-error";
import type { PropertyMap } from "./property-values";
import { type Pause, simulatedPause } from "./simulated-pause";
import { mapOf, textMapOf, textOf } from "./state-values";

export interface ProviderConfiguration {
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  readonly callerArn: string;
  readonly userId: string;
  readonly defaultTags: Readonly<Record<string, string>>;
  readonly clients: ClientsByRegion;
  readonly pause: Pause;
}

export async function configure(args: PropertyMap, environment: NodeJS.ProcessEnv): Promise<ProviderConfiguration> {
  const region = textOf(args.region) ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  if (region === undefined) {
    throw new Error('missing required configuration key "aws:region": run `pulumi config set aws:region <value>`');
  }
  const endpoint = environment.AWS_ENDPOINT_URL;
  const pause = simulatedPause(endpoint);
  const clients = new ClientsByRegion({ endpoint, credentials: credentialsOf(args), pause });
  const asked = clients.in(region).sts.send(new GetCallerIdentityCommand({}));
  const caller = await calling("validating provider credentials", "STS: GetCallerIdentity", asked);
  return {
    region,
    account: caller.Account ?? "",
    partition: partitionOf(region),
    callerArn: caller.Arn ?? "",
    userId: caller.UserId ?? "",
    defaultTags: textMapOf(mapOf(nested(args.defaultTags))?.tags),
    clients,
    pause,
  };
}

function credentialsOf(args: PropertyMap) {
  const [accessKeyId, secretAccessKey] = [textOf(args.accessKey), textOf(args.secretKey)];
  return accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
}

/** Whatever is not a string arrives as JSON in a string. */
function nested(value: PropertyMap[string] | undefined) {
  return typeof value === "string" ? (JSON.parse(value) as PropertyMap) : value;
}
