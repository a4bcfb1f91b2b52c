// The canary: nobody documents how the AWS SDK lays out its schemas. When a new SDK version turns one of these red, read
// simulator/wire/shape.ts before anything else.

import assert from "node:assert/strict";
import * as scaling from "@aws-sdk/client-application-auto-scaling";
import * as cloudtrail from "@aws-sdk/client-cloudtrail";
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as ecr from "@aws-sdk/client-ecr";
import * as ecs from "@aws-sdk/client-ecs";
import * as kms from "@aws-sdk/client-kms";
import * as ssm from "@aws-sdk/client-ssm";
import { operations } from "../../../simulator/aws/operations";
import { enumeratedMembers } from "../../../simulator/wire/enumerations";
import { serviceModelOf } from "../../../simulator/wire/service-model";
import { operationShapeOf, type Shape, type StructureShape, shapeOf } from "../../../simulator/wire/shape";
import { WireLayoutError } from "../../../simulator/wire/wire-layout-error";

describe("the shapes of the AWS SDK", () => {
  it("name the required members first: UpdateService needs a service and nothing else", () => {
    const input = structure(operationShapeOf(ecs.UpdateService$).input);
    assert.deepEqual(requiredOf(input), ["service"]);
  });

  it("say that DescribeServices needs its list of services", () => {
    const input = structure(operationShapeOf(ecs.DescribeServices$).input);
    assert.deepEqual(requiredOf(input), ["services"]);
  });

  it("type texts, numbers, booleans, timestamps and lists as the ECS API reference does", () => {
    const task = structure(shapeOf(ecs.Task$));
    assert.deepEqual(memberOf(task, "taskArn"), { kind: "simple", type: "string" });
    assert.deepEqual(memberOf(task, "enableExecuteCommand"), { kind: "simple", type: "boolean" });
    assert.deepEqual(memberOf(task, "version"), { kind: "simple", type: "number" });
    assert.equal(memberOf(task, "createdAt").kind, "timestamp");
    assert.equal(memberOf(task, "containers").kind, "list");
  });

  it("give a task's ephemeral storage a size and a key", () => {
    const storage = structure(memberOf(structure(shapeOf(ecs.Task$)), "fargateEphemeralStorage"));
    assert.deepEqual([...storage.members.keys()], ["sizeInGiB", "kmsKeyId"]);
  });

  it("tell an operation without output from one with an empty output", () => {
    assert.equal(operationShapeOf(kms.EnableKey$).output, null);
    assert.equal(structure(operationShapeOf(kms.ScheduleKeyDeletion$).output).members.size > 0, true);
  });

  it("see through aliases: a sensitive text is a text", () => {
    const credentials = structure(operationShapeOf(serviceSchema("sts", "AssumeRole")).output);
    const inner = structure(memberOf(credentials, "Credentials"));
    assert.deepEqual(memberOf(inner, "SecretAccessKey"), { kind: "simple", type: "string" });
  });

  it("give the same shape object for the same schema, and so end with shapes that hold themselves", () => {
    assert.equal(shapeOf(ecs.Task$), shapeOf(ecs.Task$));
  });

  it("are refused with what was expected when the layout is another one", () => {
    assert.throws(() => shapeOf({ type: "structure" }), WireLayoutError);
    assert.throws(() => shapeOf(9_999), /list|simple type|9/);
    assert.throws(() => operationShapeOf([3, "ns", "NotAnOperation"]), /an operation/);
  });

  it("can be read for every operation of ECS and KMS and those that are modelled of the others, down to the last member", () => {
    for (const [signingName, names] of modelledClients()) {
      const model = serviceModelOf(signingName);
      assert.ok(model);
      for (const name of names) {
        const operation = model.operation(name);
        assert.ok(operation, name);
        const seen = new Set<Shape>();
        for (const shape of [operation.input, operation.output]) if (shape !== null) visit(shape, seen);
        assert.ok(seen.size > 0 || name === "GetCallerIdentity");
      }
    }
  });
});

describe("the table of enumerations", () => {
  it("names only members that exist", () => {
    for (const entry of enumeratedMembers()) {
      const [service, path] = entry.split(":");
      const [structureName, member] = String(path).split(".");
      const client: Readonly<Record<string, unknown>> = { ...CLIENTS[String(service)] };
      const shape = structure(shapeOf(client[`${structureName}$`]));
      assert.ok(shape.members.has(String(member)), entry);
    }
  });
});

const CLIENTS: Readonly<Record<string, object>> = {
  ecs,
  kms,
  logs,
  cloudwatch,
  cloudtrail,
  "application-autoscaling": scaling,
  ecr,
  ssm,
};

function modelledClients(): readonly (readonly [string, readonly string[]])[] {
  const operationsOf = (client: object): string[] =>
    Object.keys(client).flatMap((name) =>
      /^[A-Z].*Command$/.test(name) && name !== "$Command" ? [name.slice(0, -7)] : [],
    );
  return [
    ["ecs", operationsOf(ecs)],
    ["kms", operationsOf(kms)],
    ["sts", Object.keys(operations.sts)],
    ["ec2", Object.keys(operations.ec2)],
    ["logs", Object.keys(operations.logs)],
    ["cloudwatch", Object.keys(operations.cloudwatch)],
    ["application-autoscaling", Object.keys(operations["application-autoscaling"])],
    ["servicequotas", Object.keys(operations.servicequotas)],
    ["cloudtrail", Object.keys(operations.cloudtrail)],
  ];
}

function serviceSchema(signingName: string, operation: string): unknown {
  const client = require(`@aws-sdk/client-${signingName}`) as Readonly<Record<string, unknown>>;
  return client[`${operation}$`];
}

function visit(shape: Shape, seen: Set<Shape>): void {
  if (seen.has(shape)) return;
  seen.add(shape);
  if (shape.kind === "structure") for (const member of shape.members.values()) visit(member.shape(), seen);
  if (shape.kind === "list") visit(shape.item.shape(), seen);
  if (shape.kind === "map") visit(shape.value.shape(), seen);
}

function structure(shape: Shape | null): StructureShape {
  assert.equal(shape?.kind, "structure");
  return shape as StructureShape;
}

function memberOf(shape: StructureShape, name: string): Shape {
  const member = shape.members.get(name);
  assert.ok(member, `${shape.name}.${name}`);
  return member.shape();
}

function requiredOf(shape: StructureShape): readonly string[] {
  return [...shape.members].filter(([, member]) => member.required).map(([name]) => name);
}
