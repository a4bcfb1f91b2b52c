import assert from "node:assert/strict";
import * as kms from "@aws-sdk/client-kms";
import { ACCOUNT, refusalOf, withAccount } from "./account";

describe("what the provider calls for a kms.Alias", () => {
  it("creates it, finds it in the whole list, points it elsewhere and deletes it", () =>
    withAccount(async ({ kms: client }) => {
      const [first, second] = [await newKey(client), await newKey(client)];
      await client.send(new kms.CreateAliasCommand({ AliasName: "alias/pay", TargetKeyId: first }));
      assert.deepEqual(await listed(client), [
        { AliasArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/pay`, TargetKeyId: first },
      ]);
      await client.send(new kms.UpdateAliasCommand({ AliasName: "alias/pay", TargetKeyId: second }));
      assert.equal((await listed(client))[0]?.TargetKeyId, second);
      await client.send(new kms.DeleteAliasCommand({ AliasName: "alias/pay" }));
      assert.deepEqual(await listed(client), []);
    }));

  it("refuses a name that is taken", () =>
    withAccount(async ({ kms: client }) => {
      const create = new kms.CreateAliasCommand({ AliasName: "alias/pay", TargetKeyId: await newKey(client) });
      await client.send(create);
      assert.equal((await refusalOf(client.send(create))).name, "AlreadyExistsException");
    }));

  it("loses the aliases of a key with the key", () =>
    withAccount(async ({ kms: client, pass }) => {
      const KeyId = await newKey(client);
      await client.send(new kms.CreateAliasCommand({ AliasName: "alias/pay", TargetKeyId: KeyId }));
      await client.send(new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
      pass(8 * 86_400);
      assert.deepEqual(await listed(client), []);
    }));
});

async function newKey(client: kms.KMSClient): Promise<string> {
  const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({}));
  return String(KeyMetadata?.KeyId);
}

async function listed(client: kms.KMSClient) {
  const { Aliases } = await client.send(new kms.ListAliasesCommand({}));
  return (Aliases ?? []).map(({ AliasArn, TargetKeyId }) => ({ AliasArn, TargetKeyId }));
}
