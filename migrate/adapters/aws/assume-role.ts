// Credentials of another role, by STS AssumeRole. The SDK asks again by itself shortly before they expire.
//
// Invariants
//   the call passes the gate like any other; the session's name tells CloudTrail who it was
//   the SDK reads expiry off the machine's clock: where the run lives by a simulator's, the remaining life is what counts

import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import type { Clock } from "../../ports/clock";
import type { CredentialSource } from "./aws-clients";
import { emptyReply } from "./empty-reply";
import type { SendRequest } from "./send-request";

export interface RoleToAssume {
  readonly sts: STSClient;
  readonly roleArn: string;
  readonly send: SendRequest;
  readonly clock: Clock;
}

const SESSION_NAME = "fargate-cmk";

export function assumedRole({ sts, roleArn, send, clock }: RoleToAssume): CredentialSource {
  return async () => {
    const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: SESSION_NAME });
    const { Credentials: given } = await send(ASSUME, (options) => sts.send(command, options));
    if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined) throw emptyReply("sts:AssumeRole");
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      ...(given.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
      ...(given.Expiration === undefined ? {} : { expiration: onThisMachine(given.Expiration, clock) }),
    };
  };
}

function onThisMachine(expiration: Date, clock: Clock): Date {
  return new Date(Date.now() + expiration.getTime() - clock.nowMs());
}

const ASSUME = { service: "sts", operation: "AssumeRole" } as const;
