// Who calls, where, and in which partition.

import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { partitionOf } from "../../../../domain/arn";
import { calling } from "../call-error";
import { textOf } from "../state-values";
import type { Invoke } from "./invoke";

/** One call of STS each time, as in the official provider. */
export const getCallerIdentity: Invoke = async (_args, { clients, region }) => {
  const asked = clients.in(region).sts.send(new GetCallerIdentityCommand({}));
  const caller = await calling("reading STS Caller Identity", "STS: GetCallerIdentity", asked);
  const accountId = caller.Account ?? "";
  return { accountId, arn: caller.Arn ?? "", id: accountId, userId: caller.UserId ?? "" };
};

export const getRegion: Invoke = (args, configuration) => {
  const region = textOf(args.region) ?? configuration.region;
  return {
    description: region,
    endpoint: `ec2.${region}.${dnsSuffix(partitionOf(region))}`,
    id: region,
    name: region,
    region,
  };
};

export const getPartition: Invoke = (_args, { partition }) => {
  const suffix = dnsSuffix(partition);
  return {
    dnsSuffix: suffix,
    id: partition,
    partition,
    reverseDnsPrefix: suffix.split(".").toReversed().join("."),
  };
};

/** The role behind a session of an assumed role; without a path, for IAM is not modelled. Others are their own issuers. */
export const getSessionContext: Invoke = (args, { partition }) => {
  const arn = textOf(args.arn) ?? "";
  const session = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(arn);
  if (session === null) return { arn, id: arn, issuerArn: arn, issuerId: "", issuerName: "", sessionName: "" };
  const [, account = "", issuerName = "", sessionName = ""] = session;
  const issuerArn = `arn:${partition}:iam::${account}:role/${issuerName}`;
  return { arn, id: arn, issuerArn, issuerId: "", issuerName, sessionName };
};

function dnsSuffix(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
