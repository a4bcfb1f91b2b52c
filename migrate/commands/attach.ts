// `attach CLUSTER KEY`: puts a key under a cluster that exists already, after it was checked and a person agreed.
// Invariant: nothing is sent without a yes: typed at a terminal, or --yes where nobody can be asked.

import { openAws } from "../adapters/aws/open-aws";
import { type AttachedKey, attachKey } from "../drive/attach-key";
import { FargateCmkError } from "../errors";
import { awsOptions } from "./aws-connection";
import { type CommandContext, EXIT, type GlobalOptions } from "./command-context";
import { usage } from "./option-values";

export interface AttachOptions extends GlobalOptions {
  readonly cluster: string;
  readonly key: string;
  readonly dryRun?: boolean;
  readonly replace?: string;
  readonly yes?: boolean;
}

export async function attachCommand(options: AttachOptions, context: CommandContext): Promise<number> {
  const mayAsk = context.stdin.isTTY && !context.json;
  if (options.dryRun !== true && options.yes !== true && !mayAsk)
    throw usage("nobody can be asked whether to attach the key", "add --yes, or --dry-run to see what would change");
  const connection = await awsOptions(options, context);
  const aws = await openAws(connection);
  try {
    const attach = (dryRun: boolean) =>
      attachKey({
        ecs: aws.ecs,
        account: aws.account,
        clock: connection.clock,
        clusterRef: options.cluster,
        keyRef: options.key,
        dryRun,
        ...(options.replace === undefined ? {} : { replaceKey: options.replace }),
      });
    return tell(await attached(attach, options, context), context);
  } finally {
    aws.close();
  }
}

/** A dry run first where a person is asked, so that the question says what was found. */
async function attached(
  attach: (dryRun: boolean) => Promise<AttachedKey>,
  { dryRun, yes }: AttachOptions,
  context: CommandContext,
): Promise<AttachedKey> {
  if (dryRun === true || yes === true) return attach(dryRun === true);
  const found = await attach(true);
  if (found.kind === "already-attached") return found;
  if (await context.stdin.confirm(`Attach ${found.keyArn} to cluster ${found.clusterArn}?`)) return attach(false);
  throw new FargateCmkError("refused", {
    message: `key ${found.keyArn} was not attached to cluster ${found.clusterName}: the answer was not yes`,
    remedy: "run it again and answer yes, or add --yes",
  });
}

function tell(result: AttachedKey, { output }: CommandContext): number {
  output.emit("key.attached", result);
  return EXIT.done;
}
