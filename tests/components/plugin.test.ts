// The components as every other language gets them: through the schema, `construct`, and the plugin over gRPC.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { credentials } from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { GetSchemaRequest, type GetSchemaResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ComponentProvider, getPulumiComponents } from "@pulumi/pulumi/provider/experimental/provider";
import * as entry from "../../components/index";
import { KEY_ARN, only, record } from "./recorded-program";

const ROOM = path.resolve("components");
const committed = JSON.parse(readFileSync(path.join(ROOM, "schema.json"), "utf8")) as Schema;

interface Schema {
  readonly name: string;
  readonly version: string;
  readonly resources: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly isComponent: boolean;
  readonly inputProperties: Readonly<Record<string, { readonly plain?: boolean; readonly description?: string }>>;
  readonly properties: Readonly<Record<string, object>>;
  readonly requiredInputs: readonly string[];
}

describe("the component package for other languages", () => {
  const provider = new ComponentProvider({
    components: getPulumiComponents(entry),
    dirname: ROOM,
    name: "fargate-cmk",
  });

  it("has its schema committed as the code says it", async () => {
    assert.deepEqual(JSON.parse(await provider.getSchema()), committed);
  });

  it("makes a component from a language's inputs and answers with its outputs", async () => {
    const states: pulumi.Inputs[] = [];
    const construct = async () => {
      const type = "fargate-cmk:index:EncryptedFargateCluster";
      const { state, urn } = await provider.construct("orders", type, { clusterName: "web" }, {});
      states.push(state);
      return urn;
    };
    const { sent } = await record(() => ({ urn: pulumi.output(construct()) }));
    const [state = {}] = states;
    assert.equal(only(sent, "aws:ecs/cluster:Cluster").inputs.name, "web");
    assert.deepEqual(
      Object.keys(state).toSorted(),
      Object.keys(resource("EncryptedFargateCluster").properties).toSorted(),
    );
    assert.equal(await (state.keyArn as unknown as { promise(): Promise<string> }).promise(), KEY_ARN);
  });

  it("says the same schema as a plugin, from the repository", async () => {
    assert.deepEqual(JSON.parse(await schemaOfPlugin()), committed);
  });
});

describe("the schema", () => {
  it("refers to no other provider, which it would have to install first", () => {
    const references = JSON.stringify(committed).match(/"\$ref":"[^"]*"/g) ?? [];
    assert.ok(references.length > 0);
    assert.deepEqual(
      references.filter((one) => !one.startsWith('"$ref":"#/types/fargate-cmk:')),
      [],
    );
  });

  it("has the outputs that are meant to be public, and none that leaked", () => {
    assert.deepEqual(Object.keys(resource("EphemeralStorageKey").properties).toSorted(), [
      "aliasName",
      "keyArn",
      "keyId",
      "keyPolicy",
      "requiredKeyPolicyStatements",
    ]);
    assert.deepEqual(Object.keys(resource("EncryptedFargateCluster").properties).toSorted(), [
      "clusterArn",
      "clusterName",
      "executeCommandLogGroupName",
      "keyArn",
      "redeployTriggers",
      "requiredKeyPolicyStatements",
    ]);
  });

  it("asks for cluster names only, and takes as plain only what decides about resources", () => {
    assert.deepEqual(resource("EphemeralStorageKey").requiredInputs, ["clusterNames"]);
    assert.deepEqual(resource("EncryptedFargateCluster").requiredInputs, []);
    const plain = Object.entries(resource("EncryptedFargateCluster").inputProperties).filter(
      ([, one]) => one.plain === true,
    );
    assert.deepEqual(plain.map(([name]) => name).toSorted(), [
      "adoptCluster",
      "aliasName",
      "allowKeyOfAnotherAccount",
      "executeCommandLogging",
      "protect",
    ]);
  });

  it("describes every input and every output", () => {
    for (const [token, { inputProperties, properties }] of Object.entries(committed.resources)) {
      for (const [name, one] of Object.entries({ ...inputProperties, ...properties })) {
        assert.ok("description" in one, `${token} ${name}`);
      }
    }
  });

  it("says for every input that may be left out what holds then, and for one that decides about resources that it is plain", () => {
    for (const [token, { inputProperties, requiredInputs }] of Object.entries(committed.resources)) {
      for (const [name, { description = "", plain }] of Object.entries(inputProperties)) {
        if (!requiredInputs.includes(name))
          assert.match(description.replace(/\n/g, " "), /By default /, `${token} ${name}`);
        if (plain === true)
          assert.match(description.replace(/\n/g, " "), /has to be known before anything is/, `${token} ${name}`);
      }
    }
  });

  it("speaks of no language in particular, and of nothing inside this package", () => {
    const texts = JSON.stringify(committed).match(/"description":"(?:[^"\\]|\\.)*"/g) ?? [];
    assert.ok(texts.length > 40);
    for (const text of texts)
      assert.doesNotMatch(text, /undefined|TypeScript|\bnull\b|=>|\bnew [A-Z]|\{ |README|domain\//, text);
  });
});

function resource(name: string): Resource {
  const found = committed.resources[`fargate-cmk:index:${name}`];
  assert.ok(found !== undefined, name);
  return found;
}

/** Starts the plugin as Pulumi's language host does, asks it, and ends it. */
async function schemaOfPlugin(): Promise<string> {
  const script = require.resolve("@pulumi/pulumi/cmd/run-plugin");
  const child = spawn(process.execPath, [script, ROOM, "127.0.0.1:1"], {
    cwd: ROOM,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (text: Buffer) => {
    said += text;
  });
  try {
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (text: Buffer) => resolve(String(text).trim()));
      child.once("exit", (code) => reject(new Error(`the plugin ended with code ${code}: ${said}`)));
    });
    return await askForSchema(`127.0.0.1:${port}`);
  } finally {
    child.kill();
  }
}

function askForSchema(address: string): Promise<string> {
  const client = new ResourceProviderClient(address, credentials.createInsecure());
  return new Promise<string>((resolve, reject) => {
    client.getSchema(new GetSchemaRequest(), (error: Error | null, reply: GetSchemaResponse) => {
      if (error === null) resolve(reply.getSchema());
      else reject(error);
    });
  }).finally(() => client.close());
}
