import assert from "node:assert/strict";
import fc from "fast-check";
import { COMMAND_OPERATIONS } from "../../../migrate/core/permissions/command-operations";
import { leastPolicy, type PolicyScope, type PolicyStatement } from "../../../migrate/core/permissions/least-policy";

const OPEN: PolicyScope = { account: null, region: null, clusters: [], keys: [] };
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const CLOSE: PolicyScope = { account: "111122223333", region: "eu-west-1", clusters: ["pay"], keys: [KEY] };
const CALLING = Object.keys(COMMAND_OPERATIONS).filter((name) => (COMMAND_OPERATIONS[name] ?? []).length > 0);

const anyScope: fc.Arbitrary<PolicyScope> = fc.record({
  account: fc.constantFrom(null, "111122223333"),
  region: fc.constantFrom(null, "eu-west-1", "us-gov-west-1", "cn-north-1"),
  clusters: fc.constantFrom([], ["pay"], ["pay", "web"]),
  keys: fc.constantFrom([], [KEY]),
});
const anyCommands = fc.subarray(CALLING, { minLength: 1 });

function statement(command: string, sid: string, scope = CLOSE): PolicyStatement {
  const found = leastPolicy([command], scope).Statement.find(({ Sid }) => Sid === sid);
  return found ?? assert.fail(`the policy of ${command} has no statement ${sid}`);
}

describe("the least policy, of any commands and scope", () => {
  it("is a document that IAM takes: its version, statements with names of letters and digits, each once", () => {
    fc.assert(
      fc.property(anyCommands, anyScope, (commands, scope) => {
        const { Version, Statement } = leastPolicy(commands, scope);
        assert.equal(Version, "2012-10-17");
        const sids = Statement.map(({ Sid }) => Sid);
        assert.ok(sids.length > 0 && new Set(sids).size === sids.length);
        for (const { Sid, Effect, Action, Resource } of Statement) {
          assert.match(Sid, /^[A-Za-z0-9]+$/);
          assert.equal(Effect, "Allow");
          assert.ok(Action.length > 0);
          for (const one of [Resource].flat())
            assert.match(
              one,
              /^(\*|arn:aws(-[a-z]+)*:(ecs|kms|ecr|secretsmanager|logs|cloudtrail):([a-z0-9-]+|\*):(\d{12}|\*):\S+)$/,
            );
        }
      }),
    );
  });

  it("grants each operation that is needed in one statement, none with a wildcard, and nothing else", () => {
    fc.assert(
      fc.property(anyCommands, anyScope, (commands, scope) => {
        const granted = leastPolicy(commands, scope).Statement.flatMap(({ Action }) => Action);
        const uses = commands.flatMap((command) => COMMAND_OPERATIONS[command] ?? []);
        const needed = uses.filter(
          ({ need }) => need === "always" || (need === "all-clusters" && scope.clusters.length === 0),
        );
        assert.deepEqual(granted.toSorted(), [...new Set(needed.map(({ operation }) => operation))].toSorted());
        assert.ok(granted.every((action) => !action.includes("*")));
      }),
    );
  });

  it("is the same whatever the order of commands, clusters and keys", () => {
    fc.assert(
      fc.property(anyCommands, anyScope, (commands, scope) => {
        const turned = { ...scope, clusters: scope.clusters.toReversed(), keys: scope.keys.toReversed() };
        assert.deepEqual(leastPolicy(commands.toReversed(), turned), leastPolicy(commands, scope));
      }),
    );
  });

  it("lets nothing touch another cluster once clusters are named", () => {
    fc.assert(
      fc.property(anyCommands, anyScope, (commands, scope) => {
        fc.pre(scope.clusters.length > 0);
        for (const { Action, Resource, Condition } of leastPolicy(commands, scope).Statement) {
          if (Action.some((action) => !action.startsWith("ecs:") || action === "ecs:DescribeTaskDefinition")) continue;
          const byArn = [Resource].flat().every((arn) => /[:/](pay|web)(\/|$)/.test(arn));
          assert.ok(byArn || Condition?.ArnEquals?.["ecs:cluster"] !== undefined, Action.join());
        }
      }),
    );
  });
});

describe("the least policy", () => {
  it("of a scan, a preflight or a verification changes nothing", () => {
    for (const command of ["scan", "preflight", "verify"]) {
      const actions = leastPolicy([command], OPEN).Statement.flatMap(({ Action }) => Action);
      assert.ok(
        actions.every((action) => /:(List|Describe|Get|BatchGet)/.test(action)),
        actions.join(),
      );
    }
  });

  it("of a preflight with a probe launches tasks of the probe's family, and passes roles to tasks of Amazon ECS alone", () => {
    const probe = { ...CLOSE, probe: true };
    const actions = leastPolicy(["preflight"], probe).Statement.flatMap(({ Action }) => Action);
    const without = leastPolicy(["preflight"], CLOSE).Statement.flatMap(({ Action }) => Action);
    assert.deepEqual(actions.filter((action) => !without.includes(action)).toSorted(), [
      "ecs:DeregisterTaskDefinition",
      "ecs:RegisterTaskDefinition",
      "ecs:RunTask",
      "ecs:StopTask",
      "iam:PassRole",
    ]);
    assert.deepEqual(statement("preflight", "LaunchProbe", probe), {
      Sid: "LaunchProbe",
      Effect: "Allow",
      Action: ["ecs:RunTask"],
      Resource: "arn:aws:ecs:eu-west-1:111122223333:task-definition/fargate-cmk-probe:*",
      Condition: { ArnEquals: { "ecs:cluster": "arn:aws:ecs:eu-west-1:111122223333:cluster/pay" } },
    });
    assert.deepEqual(statement("preflight", "PassExecutionRole", probe), {
      Sid: "PassExecutionRole",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: "arn:aws:iam::111122223333:role/*",
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    });
  });

  it("of a run changes services by two operations only", () => {
    const actions = leastPolicy(["run"], OPEN).Statement.flatMap(({ Action }) => Action);
    const writing = actions.filter((action) => !/:(List|Describe|Get|BatchGet)/.test(action));
    assert.deepEqual(writing.toSorted(), ["ecs:StopServiceDeployment", "ecs:UpdateService"]);
  });

  it("limits services by the condition on their cluster, which holds for ARNs of the old format too", () => {
    assert.deepEqual(statement("run", "RedeployServices"), {
      Sid: "RedeployServices",
      Effect: "Allow",
      Action: ["ecs:UpdateService"],
      Resource: "arn:aws:ecs:eu-west-1:111122223333:service/*",
      Condition: { ArnEquals: { "ecs:cluster": "arn:aws:ecs:eu-west-1:111122223333:cluster/pay" } },
    });
  });

  it("limits what takes no resource by the Region that is asked", () => {
    assert.deepEqual(statement("scan", "FindInRegion").Condition, {
      StringEquals: { "aws:RequestedRegion": "eu-west-1" },
    });
    assert.equal(statement("scan", "FindInRegion", OPEN).Condition, undefined);
  });

  it("of attach lets this cluster have this key and no other", () => {
    assert.deepEqual(statement("attach", "AttachKey"), {
      Sid: "AttachKey",
      Effect: "Allow",
      Action: ["ecs:UpdateCluster"],
      Resource: "arn:aws:ecs:eu-west-1:111122223333:cluster/pay",
      Condition: { StringEquals: { "ecs:fargate-ephemeral-storage-kms-key": KEY } },
    });
    assert.equal(statement("attach", "ReadKeys").Resource, KEY);
  });

  it("sees that secrets and parameters are there by no operation that would show what they hold", () => {
    const actions = leastPolicy(CALLING, OPEN).Statement.flatMap(({ Action }) => Action);
    assert.ok(actions.includes("secretsmanager:DescribeSecret") && actions.includes("ssm:DescribeParameters"));
    assert.ok(!actions.some((action) => /:(GetSecretValue|BatchGetSecretValue|GetParameter)/.test(action)));
  });

  it("does not narrow the alarms: CloudWatch would leave composite ones out of its answers", () => {
    const alarms = leastPolicy(["scan"], CLOSE).Statement.find(({ Action }) =>
      Action.includes("cloudwatch:DescribeAlarms"),
    );
    assert.equal(alarms?.Resource, "*");
  });

  it("limits repositories, secrets and log groups to the account and Region, but not trails, which may be the organisation's", () => {
    assert.equal(statement("scan", "ReadImages").Resource, "arn:aws:ecr:eu-west-1:111122223333:repository/*");
    assert.equal(statement("scan", "SeeSecrets").Resource, "arn:aws:secretsmanager:eu-west-1:111122223333:secret:*");
    assert.equal(statement("scan", "FindLogGroups").Resource, "arn:aws:logs:eu-west-1:111122223333:log-group:*");
    assert.equal(statement("scan", "ReadTrails").Resource, "arn:aws:cloudtrail:*:*:trail/*");
  });

  it("needs no iam:PassRole: the call that redeploys names no role", () => {
    assert.ok(!JSON.stringify(leastPolicy(CALLING, OPEN)).includes("PassRole"));
  });
});
