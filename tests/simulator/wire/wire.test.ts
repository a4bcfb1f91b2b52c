// What a raw request gets, beyond what a well-behaved SDK client can send.

import assert from "node:assert/strict";
import { ManualClock } from "../../../simulator/clock/manual-clock";
import { Simulation } from "../../../simulator/simulation";
import { Wire } from "../../../simulator/wire/wire";
import type { WireRequest, WireResponse } from "../../../simulator/wire/wire-message";
import type { Call, Reply } from "../../../simulator/world/call";
import { fakeWorld, ok } from "../fake-world";

describe("the wire", () => {
  it("hands a JSON call to the world with its service, operation, input and caller", () => {
    const { wire, world } = wired();
    assert.equal(send(wire, ecs("DescribeServices", { cluster: "pay", services: ["api"] })).status, 200);
    assert.deepEqual(world.seen[0]?.call, {
      service: "ecs",
      operation: "DescribeServices",
      input: { cluster: "pay", services: ["api"] },
      caller: {
        account: "444455556666",
        region: "eu-west-1",
        principalArn: "arn:aws:iam::444455556666:user/operator",
      },
    });
  });

  it("takes an access key that names no account for the default account", () => {
    const { wire, world } = wired();
    send(wire, {
      ...ecs("ListClusters", {}),
      headers: headers({ key: "AKIAIOSFODNN7EXAMPLE", target: target("ListClusters") }),
    });
    assert.equal(world.seen[0]?.call.caller.account, "111122223333");
  });

  it("turns seconds since the epoch into dates on the way in, and dates into seconds on the way out", () => {
    const { wire, world } = wired(() => ok({ serviceDeployments: [{ createdAt: new Date(1_700_000_000_500) }] }));
    const input = { service: "api", createdAt: { after: 1_700_000_000 } };
    const reply = send(wire, ecs("ListServiceDeployments", input));
    assert.deepEqual(world.seen[0]?.call.input.createdAt, { after: new Date(1_700_000_000_000) });
    assert.deepEqual(JSON.parse(reply.body), { serviceDeployments: [{ createdAt: 1_700_000_000.5 }] });
  });

  const slips: readonly (readonly [title: string, input: unknown, code: string, message: RegExp])[] = [
    [
      "an unknown member",
      { service: "api", forceNewDeploymentt: true },
      "SerializationException",
      /forceNewDeploymentt is no member/,
    ],
    [
      "an unknown member deep inside",
      { service: "api", networkConfiguration: { awsvpc: {} } },
      "SerializationException",
      /networkConfiguration\.awsvpc/,
    ],
    [
      "a text for a number",
      { service: "api", desiredCount: "3" },
      "SerializationException",
      /desiredCount must be a number, found a string/,
    ],
    [
      "a number for a structure",
      { service: "api", deploymentConfiguration: 7 },
      "SerializationException",
      /deploymentConfiguration must be a structure/,
    ],
    ["a missing required member", { cluster: "pay" }, "InvalidParameterException", /service is required and missing/],
    ["null for a required member", { service: null }, "InvalidParameterException", /service is required and missing/],
    [
      "a word outside of its set",
      { service: "api", propagateTags: "TASKS" },
      "InvalidParameterException",
      /propagateTags must be one of \[/,
    ],
    ["a list for the whole input", [1, 2], "SerializationException", /UpdateServiceRequest must be a structure/],
  ];
  for (const [title, input, code, message] of slips) {
    it(`refuses ${title} with ${code} before the world sees it`, () => {
      const { wire, world } = wired();
      const reply = send(wire, ecs("UpdateService", input));
      assert.equal(reply.status, 400);
      assert.equal(JSON.parse(reply.body).__type, code);
      assert.match(JSON.parse(reply.body).message, message);
      assert.equal(world.seen.length, 0);
    });
  }

  it("refuses a body that is not JSON", () => {
    const reply = send(wired().wire, { ...ecs("UpdateService", {}), body: "{" });
    assert.equal(JSON.parse(reply.body).__type, "SerializationException");
  });

  it("answers an operation that AWS does not have with its name and the service's", () => {
    const reply = send(wired().wire, ecs("MakeCoffee", {}));
    assert.equal(reply.status, 400);
    assert.deepEqual(JSON.parse(reply.body), {
      __type: "UnknownOperationException",
      message: 'ecs has no operation "MakeCoffee"',
    });
  });

  it("does not take a member of every object for an operation", () => {
    for (const name of ["constructor", "__proto__", "toString", ""]) {
      const reply = send(wired().wire, ecs(name, {}));
      assert.equal(JSON.parse(reply.body).__type, "UnknownOperationException", name);
    }
  });

  it("answers a service that is not simulated with a 4xx that names it", () => {
    const byTarget = send(wired().wire, {
      ...ecs("X", {}),
      headers: headers({ target: "DynamoDB_20120810.ListTables" }),
    });
    assert.equal(byTarget.status, 400);
    assert.match(byTarget.body, /DynamoDB_20120810\.ListTables/);
    const bySignature = send(wired().wire, { ...ecs("X", {}), headers: headers({ service: "lambda" }) });
    assert.equal(bySignature.status, 400);
    assert.match(bySignature.body, /\\"lambda\\"/);
  });

  it("tells a Query client of an unknown service in XML, with the action", () => {
    const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    const request = query("iam", "Action=CreateRole&Version=2010-05-08");
    const reply = send(wired().wire, { ...request, headers: { ...request.headers, ...form } });
    assert.equal(reply.status, 400);
    assert.equal(reply.headers["content-type"], "text/xml");
    assert.equal(
      reply.body,
      "<ErrorResponse><Error><Type>Sender</Type><Code>UnknownServiceException</Code><Message>The simulator does not have " +
        "the service &quot;iam&quot; (CreateRole). It has ecs, kms, sts, ec2, logs, ecr, secretsmanager, ssm, cloudwatch, application-autoscaling, servicequotas and cloudtrail.</Message></Error>" +
        "<RequestId>00000000-0000-4000-8000-000000000001</RequestId></ErrorResponse>",
    );
  });

  it("tells an S3 client in S3's XML, and a REST JSON client in JSON, with method and path", () => {
    const rest = (service: string, path: string): WireResponse =>
      send(wired().wire, { method: "GET", path, headers: headers({ service }), body: "" });
    assert.match(rest("s3", "/bucket").body, /^<Error><Code>UnknownServiceException<\/Code><Message>.*GET \/bucket/);
    const lambda = rest("lambda", "/2015-03-31/functions/f");
    assert.equal(lambda.headers["x-amzn-errortype"], "UnknownServiceException");
    assert.match(JSON.parse(lambda.body).message, /"lambda" \(GET \/2015-03-31\/functions\/f\)/);
  });

  it("tells an RPC v2 CBOR client in CBOR", () => {
    const cbor = { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" };
    const path = "/service/GraniteServiceVersion20100801/operation/PutMetricAlarm";
    const signed = { ...headers({ service: "monitoring" }), ...cbor };
    const reply = send(wired().wire, { method: "POST", path, headers: signed, body: "" });
    assert.equal(reply.status, 400);
    assert.equal(reply.headers["smithy-protocol"], "rpc-v2-cbor");
    const bytes = Buffer.from(reply.bytes ?? []);
    // A map of two: __type (6 characters), its text of 23, message (7), its text with one byte of length.
    assert.equal(bytes.subarray(0, 8).toString("latin1"), "\u00a2\u0066__type");
    assert.equal(bytes.subarray(8, 32).toString("latin1"), "\u0077UnknownServiceException");
    assert.equal(bytes.subarray(32, 40).toString("latin1"), "\u0067message");
    assert.equal(bytes[40], 0x78);
    assert.equal(bytes[41], bytes.length - 42);
    assert.match(
      bytes.subarray(42).toString("utf8"),
      /^The simulator does not have the service "monitoring" \(POST .*, only in AWS JSON\.$/,
    );
  });

  it("speaks JSON 1.0 to CloudWatch's clients, and names errors by their Query codes too", () => {
    const at = new Date(1_700_000_000_500);
    const { wire, world } = wired(() => ok({ MetricDataResults: [{ Id: "used", Timestamps: [at], Values: [3] }] }));
    const ask = (operation: string, input: object): WireResponse =>
      send(wire, {
        method: "POST",
        path: "/",
        headers: {
          ...headers({ service: "monitoring", target: `GraniteServiceVersion20100801.${operation}` }),
          "content-type": "application/x-amz-json-1.0",
        },
        body: JSON.stringify(input),
      });
    const reply = ask("GetMetricData", { MetricDataQueries: [], StartTime: 1_700_000_000, EndTime: 1_700_000_060.5 });
    assert.equal(reply.headers["content-type"], "application/x-amz-json-1.0");
    assert.deepEqual(JSON.parse(reply.body).MetricDataResults[0].Timestamps, [1_700_000_000.5]);
    assert.equal(world.seen[0]?.call.service, "cloudwatch");
    assert.deepEqual(world.seen[0]?.call.input.EndTime, new Date(1_700_000_060_500));
    const refused = ask("SetAlarmState", { AlarmName: "a", StateValue: "LOUD", StateReason: "" });
    assert.equal(refused.headers["x-amzn-query-error"], "InvalidParameterValue;Sender");
    assert.equal(refused.headers["content-type"], "application/x-amz-json-1.0");
  });

  it("knows the target of a client that puts a namespace before it", () => {
    const { wire, world } = wired(() => ok({ trailList: [] }));
    const long = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails";
    const signed = headers({ service: "cloudtrail", target: long });
    assert.equal(send(wire, { method: "POST", path: "/", headers: signed, body: "{}" }).status, 200);
    assert.deepEqual(
      world.seen.map(({ call }) => [call.service, call.operation]),
      [["cloudtrail", "DescribeTrails"]],
    );
  });

  it("refuses a request without a signature, or with a malformed one", () => {
    for (const authorization of ["", "Bearer abc", "AWS4-HMAC-SHA256 Credential=///"]) {
      const request = ecs("ListClusters", {});
      const reply = send(wired().wire, { ...request, headers: { ...request.headers, authorization } });
      assert.equal(reply.status, 403);
      assert.equal(JSON.parse(reply.body).__type, "MissingAuthenticationTokenException");
    }
  });

  it("never sends a reply that does not fit AWS's shape: it names the member and keeps the defect", () => {
    const { wire } = wired(() => ok({ clusterArns: [], nextTokn: "x" }));
    const reply = send(wire, ecs("ListClusters", {}));
    assert.equal(reply.status, 500);
    assert.match(reply.body, /ecs:ListClusters does not fit: nextTokn is no member/);
    assert.equal(wire.defects().length, 1);
  });

  it("keeps the world's own failure from the connection, and tells of it", () => {
    const { wire } = wired(() => {
      throw new Error("the world fell over");
    });
    assert.equal(send(wire, ecs("ListClusters", {})).status, 500);
    assert.deepEqual(wire.defects(), ["ecs:ListClusters: the world fell over"]);
  });

  it("passes the world's errors on with code, text and status", () => {
    const refusal: Reply = {
      kind: "error",
      code: "ClusterNotFoundException",
      message: "Cluster not found.",
      httpStatus: 400,
    };
    const reply = send(wired(() => refusal).wire, ecs("ListServices", { cluster: "none" }));
    assert.equal(reply.status, 400);
    assert.deepEqual(JSON.parse(reply.body), { __type: "ClusterNotFoundException", message: "Cluster not found." });
  });

  it("reads EC2 Query forms with numbered filters and values", () => {
    const { wire, world } = wired(() => ok({ Subnets: [] }));
    const form =
      "Action=DescribeSubnets&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.2=b&Filter.1.Value.1=a&MaxResults=5";
    assert.equal(send(wire, query("ec2", form)).status, 200);
    assert.deepEqual(world.seen[0]?.call.input, { Filters: [{ Name: "vpc-id", Values: ["a", "b"] }], MaxResults: 5 });
  });

  it("refuses an unknown EC2 parameter by name, in EC2's envelope", () => {
    const reply = send(wired().wire, query("ec2", "Action=DescribeSubnets&Version=2016-11-15&Colour=red"));
    assert.equal(reply.status, 400);
    assert.match(reply.body, /^<Response><Errors><Error><Code>UnknownParameter<\/Code><Message>Colour is no member/);
  });

  it("escapes what XML reserves", () => {
    const { wire } = wired(() => ok({ Account: "1", Arn: "a<b>&\"c'\u0007", UserId: "u" }));
    assert.match(send(wire, query("sts", "Action=GetCallerIdentity")).body, /<Arn>a&lt;b&gt;&amp;&quot;c&apos;<\/Arn>/);
  });

  it("bounds the parameters of a form", () => {
    const form = `Action=DescribeSubnets&${Array.from({ length: 6_000 }, (_, i) => `SubnetId.${i}=x`).join("&")}`;
    assert.match(send(wired().wire, query("ec2", form)).body, /more than 5000 parameters/);
  });

  it("knows whoever assumed a role by the account of the role", () => {
    const { wire, world } = wired(assumedRole);
    const form = "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A777788889999%3Arole%2Fops&RoleSessionName=me";
    assert.equal(send(wire, query("sts", form)).status, 200);
    send(wire, {
      ...ecs("ListClusters", {}),
      headers: headers({ key: "ASIASESSION", target: target("ListClusters") }),
    });
    assert.equal(world.seen[1]?.call.caller.account, "777788889999");
    assert.equal(world.seen[1]?.call.caller.principalArn, "arn:aws:sts::777788889999:assumed-role/ops/me");
  });
});

function assumedRole(call: Call): Reply {
  if (call.operation !== "AssumeRole") return ok({});
  return ok({
    Credentials: { AccessKeyId: "ASIASESSION", SecretAccessKey: "s", SessionToken: "t", Expiration: new Date(0) },
    AssumedRoleUser: { AssumedRoleId: "x", Arn: "arn:aws:sts::777788889999:assumed-role/ops/me" },
  });
}

function wired(replyTo?: (call: Call) => Reply) {
  const world = fakeWorld(replyTo);
  const simulation = new Simulation({ world, clock: new ManualClock(0) });
  return { world, wire: new Wire({ simulation }) };
}

function send(wire: Wire, request: WireRequest): WireResponse {
  const answer = wire.answer(request);
  assert.equal(answer.kind, "answered");
  return (answer as Extract<typeof answer, { kind: "answered" }>).response;
}

function target(operation: string): string {
  return `AmazonEC2ContainerServiceV20141113.${operation}`;
}

function headers({
  key = "444455556666",
  service = "ecs",
  target: to,
}: {
  key?: string;
  service?: string;
  target?: string;
}) {
  const authorization = `AWS4-HMAC-SHA256 Credential=${key}/20261122/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return to === undefined ? { authorization } : { authorization, "x-amz-target": to };
}

function ecs(operation: string, input: unknown): WireRequest {
  return { method: "POST", path: "/", headers: headers({ target: target(operation) }), body: JSON.stringify(input) };
}

function query(service: string, body: string): WireRequest {
  return { method: "POST", path: "/", headers: headers({ service }), body };
}
