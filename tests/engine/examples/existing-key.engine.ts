// examples/existing-key: what the key's owner has to do is printed, and Pulumi never writes to the key.

import assert from "node:assert/strict";
import {
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GetKeyPolicyCommand,
  PutKeyPolicyCommand,
} from "@aws-sdk/client-kms";
import { aFleet } from "../../../simulator/fleet-builder";
import type { SimulatedAccount } from "../../e2e/simulated-account";
import type { EngineRun } from "../pulumi-project";
import { writesOf } from "./account-changes";
import { keyOfTaskOn, TASK_SUBNET } from "./task-on-cluster";
import { isRefused, livesItsWholeLife } from "./whole-life";

const FLEET = aFleet().subnet(TASK_SUBNET).build();

describe("the example existing-key", function () {
  this.timeout(300_000);

  it("waits for what its key's owner has to add, goes up, stops when the key is disabled, and leaves the key as it is", () => {
    let keyArn = "";
    return livesItsWholeLife({
      example: "existing-key",
      fleet: FLEET,
      before: async (account) => {
        keyArn = await createdKey(account);
        return { keyArn };
      },
      unready: async (stage) => {
        const refusal = await isRefused(stage, /its policy does not let Fargate use it for cluster orders/);
        await added(stage.account, keyArn, printedStatements(refusal));
      },
      started: async ({ account }) => {
        assert.equal(await keyOfTaskOn(account, "orders"), keyArn, "the printed statements are all that Fargate needs");
        await account.withSdk(({ kms }) => kms.send(new DisableKeyCommand({ KeyId: keyArn })));
      },
      changes: [
        {
          title: "the owner has disabled the key",
          expects: [],
          refused: /existingKeyArn is "arn:[^"]+": disabled, so no task would start; ask the key's owner to enable it/,
          afterwards: async ({ account }) => {
            await account.withSdk(({ kms }) => kms.send(new EnableKeyCommand({ KeyId: keyArn })));
          },
        },
      ],
      left: async ({ account }) => {
        const byItsOwner = { "kms:CreateKey": 1, "kms:DisableKey": 1, "kms:EnableKey": 1, "kms:PutKeyPolicy": 1 };
        assert.deepEqual(writesToKeys(account), byItsOwner, "whatever was written to the key, its owner wrote");
      },
      protectsAKey: false,
    });
  });
});

/** A key with the policy that KMS gives it. */
function createdKey(account: SimulatedAccount): Promise<string> {
  return account.withSdk(async ({ kms }) => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: "of the security team" }));
    return KeyMetadata?.Arn ?? assert.fail("KMS tells a new key's ARN");
  });
}

/** The JSON that stands in the refusal between what it is and what is never done. */
function printedStatements({ diagnostics }: EngineRun): readonly unknown[] {
  const said = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  const [, json = ""] = /add to its policy:\n(.+)\nNothing is ever written/s.exec(said.join("\n")) ?? [];
  return JSON.parse(json) as readonly unknown[];
}

function added(account: SimulatedAccount, KeyId: string, statements: readonly unknown[]): Promise<void> {
  return account.withSdk(async ({ kms }) => {
    const { Policy = "" } = await kms.send(new GetKeyPolicyCommand({ KeyId }));
    const policy = JSON.parse(Policy) as { readonly Statement: readonly unknown[] };
    const Statement = [...policy.Statement, ...statements];
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy: JSON.stringify({ ...policy, Statement }) }));
  });
}

function writesToKeys(account: SimulatedAccount): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(writesOf(account)).filter(([operation]) => operation.startsWith("kms:")));
}
