// The example programs in YAML and Python, held against the schema that both languages are generated and checked from.
// tests/engine/languages runs them; this says within milliseconds when an argument that they use has gone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { readPythonProgram } from "./other-languages/read-python-program";
import { readYamlProgram } from "./other-languages/read-yaml-program";
import { type PackageSchema, schemaObjections } from "./other-languages/schema-objections";

const YAML = readFileSync("examples/yaml/Pulumi.yaml", "utf8");
const PYTHON = readFileSync("examples/python/__main__.py", "utf8");
const SCHEMA = JSON.parse(readFileSync("components/schema.json", "utf8")) as PackageSchema;
const yaml = (text: string) => schemaObjections(readYamlProgram(text), SCHEMA);
const python = (text: string) => schemaObjections(readPythonProgram(text), SCHEMA);

describe("the examples in other languages", () => {
  it("name only types, inputs and outputs of the schema, with values of its types", () => {
    assert.deepEqual([yaml(YAML), python(PYTHON)], [[], []]);
  });

  it("were read whole: the cluster in YAML, the key with its two clusters in Python", () => {
    const typesOf = (program: ReturnType<typeof readYamlProgram>) => program.resources.map(({ type }) => type);
    const [cluster, key] = ["fargate-cmk:index:EncryptedFargateCluster", "fargate-cmk:index:EphemeralStorageKey"];
    assert.deepEqual(typesOf(readYamlProgram(YAML)), [cluster]);
    assert.deepEqual(typesOf(readPythonProgram(PYTHON)), [key, cluster, cluster]);
    assert.ok(Object.keys(readYamlProgram(YAML).outputs).length >= 3);
    assert.ok(Object.keys(readPythonProgram(PYTHON).outputs).length >= 3);
  });

  it("find the components where `pulumi package add` writes them down", () => {
    for (const text of [YAML, readFileSync("examples/python/Pulumi.yaml", "utf8")]) {
      assert.deepEqual((parse(text) as { packages: object }).packages, { "fargate-cmk": "../../components" });
    }
    assert.match(readFileSync("examples/python/requirements.txt", "utf8"), /^sdks\/fargate-cmk$/m);
  });
});

describe("the check of programs in other languages", () => {
  it("refuses a misspelt input, and one that is lacking", () => {
    assert.deepEqual(yaml(YAML.replace("clusterName:", "clusterNam:")), ["orders takes no clusterNam"]);
    assert.deepEqual(python(PYTHON.replace("cluster_names=", "clusternames=")), [
      "key lacks clusterNames",
      "key takes no clusternames",
    ]);
    assert.throws(() => python(PYTHON.replace("cluster_name=", "clusterName=")), /clusterName is not in snake_case/);
  });

  it("refuses a type or an output that there is not", () => {
    assert.deepEqual(yaml(YAML.replace("EncryptedFargateCluster", "EncryptedCluster")).slice(0, 1), [
      "orders: there is no type fargate-cmk:index:EncryptedCluster",
    ]);
    assert.deepEqual(yaml(YAML.replace("orders.keyArn", "orders.keyId")), ["orders has no output keyId"]);
    assert.deepEqual(python(PYTHON.replace("payments.cluster_arn", "payments.arn")), ["payments has no output arn"]);
  });

  it("refuses a value of another type, and an output where a value itself is wanted", () => {
    assert.deepEqual(yaml(YAML.replace("executeCommandLogging: true", 'executeCommandLogging: "yes"')), [
      "orders.executeCommandLogging is no boolean",
    ]);
    assert.deepEqual(python(PYTHON.replace('["orders", "payments"]', '["orders", 2]')), [
      "key.clusterNames[1] is no string",
    ]);
    assert.deepEqual(python(PYTHON.replace('"team": "orders"', '"team": True')).slice(0, 1), [
      "key.tags.team is no string",
    ]);
    assert.deepEqual(python(PYTHON.replace('cluster_name="payments"', "alias_name=key.key_arn")), [
      "payments.aliasName has to be a value itself, not an output",
    ]);
  });
});
