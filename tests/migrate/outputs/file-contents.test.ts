import assert from "node:assert/strict";
import fc from "fast-check";
import { collectOutputs } from "../../../migrate/core/offline/collect-outputs";
import { recognise } from "../../../migrate/core/offline/recognise";
import { splitOutput } from "../../../migrate/core/offline/split-output";
import { fileOf, textFile } from "./output-files";
import { aCluster, aKey, aService, aTask, aTaskDefinition, CLUSTER_ARN, POLICY, SERVICE_ARN } from "./small-account";

describe("the JSON values of a file", () => {
  it("are all that were written, however they are laid one after the other", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()), fc.string()), {
          minLength: 1,
        }),
        fc.constantFrom("", "\n", "\r\n", "  \t"),
        fc.constantFrom(undefined, 4),
        (values, between, indent) => {
          const text = values.map((value) => JSON.stringify(value, null, indent)).join(between);
          const expected = values.map((value) => JSON.parse(JSON.stringify(value)));
          assert.deepEqual(splitOutput(text), { values: expected, problem: null });
        },
      ),
    );
  });

  it("before a broken one are kept, and the break is told with its line", () => {
    const { values, problem } = splitOutput('{"a":1}\n{"b":2}\n{"c":');
    assert.deepEqual(values, [{ a: 1 }, { b: 2 }]);
    assert.match(problem ?? "", /^it is cut off: the value that begins at line 3 has no end; the 2 values before/);
  });

  for (const [what, text, reason] of [
    ["nothing", " \r\n ", /^it is empty$/],
    [
      "half a reply",
      '{"services": [{"serviceArn": "arn',
      /^it is cut off: the value that begins at line 1 has no end$/,
    ],
    [
      "an error of the CLI",
      "\nAn error occurred (AccessDeniedException) when calling the DescribeServices operation: User x is not authorized\n",
      /^it holds an error of the AWS CLI: AccessDeniedException of DescribeServices: User x is not authorized$/,
    ],
    [
      "an error after retries",
      "aws: [ERROR]: An error occurred (ThrottlingException) when calling the ListTasks operation (reached max retries: 4): Rate exceeded",
      /ThrottlingException of ListTasks: Rate exceeded$/,
    ],
    ["a table", "-----\n| x |", /^it is not JSON \(was it made with --output json\?\): at line 1 stands "-----"$/],
    ["JSON with a slip", '{"a": 1,}', /^it is not JSON at line 1$/],
  ] as const)
    it(`that holds ${what} is none, with the reason`, () => {
      const { values, problem } = splitOutput(text);
      assert.deepEqual(values, []);
      assert.match(problem ?? "", reason);
    });
});

describe("a JSON value", () => {
  for (const [what, value, kinds] of [
    ["a reply", { services: [aService()], failures: [] }, ["service"]],
    ["a bare list", [aTask(), aTask()], ["task", "task"]],
    ["a list of lists", [[aCluster()], [aCluster()]], ["cluster", "cluster"]],
    ["a single item", aCluster(), ["cluster"]],
    ["the reply of a change", { service: aService() }, ["service"]],
    ["a task definition", { taskDefinition: aTaskDefinition(), tags: [] }, ["task-definition"]],
    ["a key", { KeyMetadata: aKey() }, ["key"]],
    ["a key's policy", { Policy: POLICY, PolicyName: "default" }, ["key-policy"]],
    ["a policy document", JSON.parse(POLICY), ["key-policy"]],
    ["a caller", { UserId: "AIDA", Account: "111122223333", Arn: "arn:aws:iam::111122223333:user/a" }, ["identity"]],
    ["ARNs", { serviceArns: [SERVICE_ARN] }, ["listed"]],
    ["one ARN", CLUSTER_ARN, ["listed"]],
    ["listed keys", { Keys: [{ KeyId: "k", KeyArn: "arn:aws:kms:eu-west-1:111122223333:key/k" }] }, ["listed"]],
    ["a service deployment", { serviceDeploymentArn: "arn:x", serviceArn: SERVICE_ARN }, ["service-deployment"]],
    ["a service revision", { serviceRevisions: [{ serviceRevisionArn: "arn:x" }] }, ["service-revision"]],
    ["subnets", { Subnets: [{ SubnetId: "subnet-1", VpcId: "vpc-1" }] }, ["subnet"]],
    ["an empty reply", { tasks: [], failures: [] }, []],
  ] as const)
    it(`that is ${what} is recognised by its members`, () => {
      const { pieces, isKnown } = recognise(value);
      assert.ok(isKnown);
      assert.deepEqual(
        pieces.map(({ kind }) => kind),
        kinds,
      );
    });

  for (const [what, value] of [
    ["a compose file", { services: { web: { image: "x" } } }],
    ["a package file", { name: "x", version: "1" }],
    ["null", null],
    ["a number", 7],
    ["another ARN", "arn:aws:s3:::bucket"],
  ] as const)
    it(`that is ${what} is none of ours`, () => assert.equal(recognise(value).isKnown, false));
});

describe("a file that tells nothing", () => {
  it("is named with the reason, whatever it is", () => {
    const { skipped, things } = collectOutputs([
      textFile("a-fleet.json", '{"schema":"fargate-cmk/fleet","version":1,"services":[]}'),
      textFile("b-other.json", '{"name":"x","version":"1"}'),
      textFile("c-binary.png", "\u0089PNG\r\n\u001a\n\u0000\u0000"),
      fileOf("d-good.json", [{ clusters: [aCluster()] }]),
    ]);
    assert.equal(things.cluster.size, 1);
    assert.deepEqual(
      skipped.map(({ file }) => file),
      ["a-fleet.json", "b-other.json", "c-binary.png"],
    );
    assert.match(skipped[0]?.what ?? "", /a file of fargate-cmk itself/);
    assert.match(skipped[1]?.what ?? "", /no output that tells of a fleet \(it holds name, version\)/);
  });
});
