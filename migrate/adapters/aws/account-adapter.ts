// AccountPort on the AWS SDK: who we are, keys, subnets. Only reads.
// Invariant: one subnet that is gone, for which EC2 fails the whole call, does not hide the others: the ids are halved until it
// stands alone.

import { DescribeSubnetsCommand, type EC2Client } from "@aws-sdk/client-ec2";
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
} from "@aws-sdk/client-kms";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import type { SubnetRecord } from "../../../domain/fleet";
import type { AccountPort } from "../../ports/account-port";
import { AwsFailure } from "../../ports/aws-failure";
import type { Clock } from "../../ports/clock";
import { emptyReply } from "./empty-reply";
import { inBatches } from "./in-batches";
import type { SendRequest } from "./send-request";
import { toKeyMetadata } from "./to-key-metadata";
import { toSubnetRecord } from "./to-subnet-record";

export interface AccountAdapterOptions {
  readonly kms: KMSClient;
  readonly ec2: EC2Client;
  readonly sts: STSClient;
  readonly send: SendRequest;
  readonly clock: Clock;
}

/** Our own: EC2 documents no limit for ids in one call. */
const SUBNETS_A_CALL = 100;

export function createAccountAdapter({ kms, ec2, sts, send, clock }: AccountAdapterOptions): AccountPort {
  async function subnetsOf(ids: readonly string[]): Promise<readonly SubnetRecord[]> {
    try {
      const command = new DescribeSubnetsCommand({ SubnetIds: [...ids] });
      const { Subnets: subnets = [] } = await send(SUBNETS, (options) => ec2.send(command, options));
      const asOf = new Date(clock.nowMs()).toISOString();
      return subnets.map((subnet) => toSubnetRecord(subnet, asOf));
    } catch (error) {
      if (!(error instanceof AwsFailure) || error.kind !== "not-found") throw error;
      if (ids.length === 1) return [];
      const half = Math.ceil(ids.length / 2);
      return [...(await subnetsOf(ids.slice(0, half))), ...(await subnetsOf(ids.slice(half)))];
    }
  }

  return {
    async identity() {
      const command = new GetCallerIdentityCommand({});
      const { Account: account, Arn: arn } = await send(IDENTITY, (options) => sts.send(command, options));
      if (account === undefined || arn === undefined) throw emptyReply("sts:GetCallerIdentity");
      return { account, principalArn: arn, partition: arn.split(":")[1] ?? "aws" };
    },

    async describeKey(key) {
      const command = new DescribeKeyCommand({ KeyId: key });
      const { KeyMetadata: metadata } = await send(KEY, (options) => kms.send(command, options));
      if (metadata === undefined) throw emptyReply("kms:DescribeKey");
      return toKeyMetadata(metadata);
    },

    async getKeyPolicy(key) {
      const command = new GetKeyPolicyCommand({ KeyId: key, PolicyName: "default" });
      const { Policy: policy } = await send(KEY_POLICY, (options) => kms.send(command, options));
      if (policy === undefined) throw emptyReply("kms:GetKeyPolicy");
      return policy;
    },

    async keyRotation(key) {
      try {
        const command = new GetKeyRotationStatusCommand({ KeyId: key });
        const reply = await send(ROTATION, (options) => kms.send(command, options));
        return { enabled: reply.KeyRotationEnabled === true, periodDays: reply.RotationPeriodInDays ?? null };
      } catch (error) {
        // Source: GetKeyRotationStatus (documented): keys that cannot rotate by themselves, such as those with imported material.
        if (!(error instanceof AwsFailure) || error.code !== "UnsupportedOperationException") throw error;
        return { enabled: false, periodDays: null };
      }
    },

    async describeSubnets(ids) {
      const describe = async (batch: string[]) => ({ found: await subnetsOf(batch), failures: [] });
      const { found } = await inBatches({ operation: "ec2:DescribeSubnets", ids, most: SUBNETS_A_CALL, describe });
      return found;
    },
  };
}

const IDENTITY = { service: "sts", operation: "GetCallerIdentity" } as const;
const KEY = { service: "kms", operation: "DescribeKey" } as const;
const KEY_POLICY = { service: "kms", operation: "GetKeyPolicy" } as const;
const ROTATION = { service: "kms", operation: "GetKeyRotationStatus" } as const;
const SUBNETS = { service: "ec2", operation: "DescribeSubnets" } as const;
