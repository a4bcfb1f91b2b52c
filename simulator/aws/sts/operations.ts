// STS: who the caller is, and roles in other accounts of the same world.
// Source: GetCallerIdentity and AssumeRole, STS API reference (documented). Trust policies are not modelled: every role can be
// assumed. The wire layer remembers which session key stands for which role.

import type { AssumeRoleRequest } from "@aws-sdk/client-sts";
import { arnOrNull } from "../../world/arns";
import { AwsError } from "../../world/aws-error";
import { instant } from "../instant";
import { type Context, type Operation, operation } from "../operation";

export const stsOperations: Readonly<Record<string, Operation>> = {
  GetCallerIdentity: operation(getCallerIdentity),
  AssumeRole: operation(assumeRole),
};

const SESSION_SECONDS = 3600;

function getCallerIdentity({ caller }: Context, _input: object) {
  return { Account: caller.account, Arn: caller.principalArn, UserId: userIdOf(caller.principalArn) };
}

function assumeRole({ world }: Context, input: AssumeRoleRequest) {
  const role = arnOrNull(input.RoleArn ?? "");
  if (role === null || !role.resource.startsWith("role/")) {
    throw new AwsError("ValidationError", `${input.RoleArn} is invalid`);
  }
  const roleName = role.resource.slice(role.resource.lastIndexOf("/") + 1);
  const session = `${roleName}/${input.RoleSessionName}`;
  const id = world.identifiers.keyId().replaceAll("-", "").toUpperCase();
  return {
    Credentials: {
      AccessKeyId: `ASIA${id.slice(0, 16)}`,
      SecretAccessKey: `simulated-${id}`,
      SessionToken: `simulated-${role.account}-${id}`,
      Expiration: instant(world.nowMs + (input.DurationSeconds ?? SESSION_SECONDS) * 1000),
    },
    AssumedRoleUser: {
      Arn: `arn:${role.partition}:sts::${role.account}:assumed-role/${session}`,
      AssumedRoleId: `AROA${id.slice(0, 16)}:${input.RoleSessionName}`,
    },
  };
}

function userIdOf(principalArn: string): string {
  return `AIDA${Buffer.from(principalArn).toString("hex").toUpperCase().slice(-16)}`;
}
