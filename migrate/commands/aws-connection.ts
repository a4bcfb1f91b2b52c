// The connection that the AWS options of a command line name: flags, else the environment, else the SDK's own chain.
// Invariant: time comes from where the endpoint's time comes from, and a foreign clock is said.

import { chooseClock } from "../adapters/clocks/choose-clock";
import type { Clock } from "../ports/clock";
import type { CommandContext, GlobalOptions } from "./command-context";
import { wrongValue } from "./option-values";

export interface AwsConnection {
  readonly region?: string;
  readonly profile?: string;
  readonly roleArn?: string;
  readonly endpoint?: string;
  readonly clock: Clock;
}

export async function awsOptions(options: GlobalOptions, context: CommandContext): Promise<AwsConnection> {
  const region = regionOf(options, context);
  const endpoint = options.endpointUrl ?? given(context.env.AWS_ENDPOINT_URL);
  if (endpoint !== undefined && !URL.canParse(endpoint))
    throw wrongValue("the endpoint", endpoint, "give --endpoint-url or AWS_ENDPOINT_URL as http://127.0.0.1:4566");
  const { clock, source } = await chooseClock({ endpoint });
  if (source !== "system clock") context.output.emit("clock.foreign", { source });
  return {
    clock,
    ...(region === undefined ? {} : { region }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.roleArn === undefined ? {} : { roleArn: options.roleArn }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

/** Undefined leaves it to the profile, which only the SDK reads. */
export function regionOf(options: GlobalOptions, { env }: CommandContext): string | undefined {
  return options.region ?? given(env.AWS_REGION) ?? given(env.AWS_DEFAULT_REGION);
}

function given(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
