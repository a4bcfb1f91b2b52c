// Mistakes in arguments, each told by the preview: which argument, the value that it has, what to give instead.
//
// Invariants of every one of them
//   the engine prints it once, as that of the component, without a stack trace
//   nothing is created, nor anything else written

import assert from "node:assert/strict";
import { aFleet } from "../../../simulator/fleet-builder";
import type { SimulatedAccount } from "../../e2e/simulated-account";
import { writesOf } from "../examples/account-changes";
import type { EngineRun } from "../pulumi-project";
import { withProgram } from "./throwaway-project";

const FLEET = aFleet().cluster("taken").build();
const { region, account: ACCOUNT } = FLEET.lane;
const ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const KEY = `arn:aws:kms:${region}:${ACCOUNT}:key/${ID}`;
const MULTI_REGION = `arn:aws:kms:${region}:${ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const ELSEWHERE = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${ID}`;
const ANOTHERS = `arn:aws:kms:${region}:444455556666:key/${ID}`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/admin`;

interface Mistake {
  /** With the Pulumi name of the component as NAME. */
  readonly code: string;
  /** All that is said, or how it begins when it ends in "…". */
  readonly told: string;
  /** The resource that it is told of, with NAME in it. */
  readonly by: string;
}

const MISTAKES: readonly Mistake[] = [
  // The key that is given
  cluster(
    `existingKeyArn: "alias/orders"`,
    `existingKeyArn is "alias/orders": an alias, not a key; give the key's ARN`,
  ),
  later(
    `existingKeyArn`,
    `"alias/orders"`,
    `existingKeyArn is "alias/orders": an alias, not a key; give the key's ARN`,
  ),
  cluster(`existingKeyArn: "${ID}"`, `existingKeyArn is "${ID}": a bare key id, not an ARN; give arn:aws:kms:…`),
  cluster(
    `existingKeyArn: "${MULTI_REGION}"`,
    `existingKeyArn is "${MULTI_REGION}": a multi-Region key, which ECS does not take; give a single-Region key`,
  ),
  cluster(
    `existingKeyArn: "${ELSEWHERE}"`,
    `existingKeyArn is "${ELSEWHERE}": the key is in us-east-1, the cluster in ${region}; give a key of the cluster's Region`,
  ),
  cluster(
    `existingKeyArn: "${ANOTHERS}"`,
    `existingKeyArn is "${ANOTHERS}": the key is in account 444455556666, the cluster in ${ACCOUNT}; …`,
  ),
  cluster(
    `existingKeyArn: "${KEY}"`,
    `existingKeyArn is "${KEY}": KMS has no such key in this account and Region; give the ARN of one`,
  ),
  cluster(
    `existingKeyArn: "${ANOTHERS}", allowKeyOfAnotherAccount: true`,
    `allowKeyOfAnotherAccount is true: the policy of such a key cannot be read from this account; give it as existingKeyPolicy`,
  ),
  cluster(
    `existingKeyPolicy: "{}"`,
    `existingKeyPolicy is "given": there is no existingKeyArn that it is the policy of`,
  ),
  cluster(
    `existingKeyArn: "${KEY}", aliasName: "orders"`,
    `aliasName is "orders": existingKeyArn is given and no key is created, leave one of the two out`,
  ),
  // The key that is made
  key(`clusterNames: []`, `clusterNames is []: give a list with the name of at least one cluster`),
  key(
    `clusterNames: pulumi.output(["orders", ""])`,
    `clusterNames[1] is "": a cluster's name has 1 to 255 letters, digits, hyphens and underscores`,
  ),
  made(`rotationPeriodInDays: 10`, `rotationPeriodInDays is 10: KMS takes 90 to 2560 whole days`),
  made(`rotationPeriodInDays: pulumi.output(10)`, `rotationPeriodInDays is 10: KMS takes 90 to 2560 whole days`),
  made(`deletionWindowInDays: 5`, `deletionWindowInDays is 5: KMS takes 7 to 30 whole days`),
  made(
    `administratorArns: ["${ROLE}"]`,
    `administratorArns is ["${ROLE}"]: who deploys, arn:aws:iam::${ACCOUNT}:user/operator, is not among them and could not manage the key …`,
  ),
  made(
    `protect: pulumi.output(true) as never`,
    `protect is "not a plain value": give true or false itself, known before anything is created`,
  ),
  // The cluster
  cluster(
    `clusterName: ""`,
    `clusterName is "": a cluster's name has 1 to 255 letters, digits, hyphens and underscores`,
  ),
  later(
    `clusterName`,
    `"or ders"`,
    `clusterName is "or ders": a cluster's name has 1 to 255 letters, digits, hyphens and underscores`,
  ),
  cluster(
    `clusterName: "arn:aws:ecs:${region}:${ACCOUNT}:cluster/orders"`,
    `clusterName is "arn:aws:ecs:${region}:${ACCOUNT}:cluster/orders": give the name alone, "orders", not the ARN`,
  ),
  cluster(
    `adoptCluster: "taken", clusterName: "orders"`,
    `adoptCluster is "taken": it keeps what it has, so leave clusterName out`,
  ),
  cluster(
    `adoptCluster: "orders"`,
    `adoptCluster is "orders": the account has no cluster of this name in the provider's Region`,
  ),
  cluster(`containerInsights: "on"`, `containerInsights is "on": give enabled, enhanced, disabled`),
  cluster(
    `executeCommandLogRetentionInDays: 30`,
    `executeCommandLogging is undefined: a retention is given, set it to true`,
  ),
];

const TAKEN: Mistake = {
  code: `new EncryptedFargateCluster("NAME", { clusterName: "taken" });`,
  told: `clusterName is "taken": the account has a cluster of this name already, …`,
  by: "Cluster (NAME-cluster)",
};

describe("a mistake in an argument", function () {
  this.timeout(300_000);

  it("fails the preview, told once with argument, value and remedy, and nothing is created", () =>
    withProgram(FLEET, "", async ({ project, account, use }) => {
      const [first = assert.fail(), ...others] = MISTAKES.map(named);
      // One that ends the program as it comes, one that the engine finds when it is about to create, and all others side by side.
      for (const mistakes of [[first], [named(TAKEN, MISTAKES.length)], others]) {
        const attempts = mistakes.map(({ code }) => `attempt(() => { ${code} });`);
        use(mistakes.length === 1 ? (mistakes[0]?.code ?? "") : `${ATTEMPT}\n${attempts.join("\n")}`);
        areTold(mistakes, await project.preview(), account);
      }
    }));
});

/** Lets the program go on after a mistake that is thrown at once. Pulumi tells of what nobody catches, thrown or rejected, in one way. */
const ATTEMPT = `
function attempt(make: () => void): void {
  try { make(); } catch (error) { void Promise.reject(error); }
}`;

function named({ code, told, by }: Mistake, index: number): Mistake {
  const name = `m${index}`;
  return { code: code.replace("NAME", name), told, by: by.replace("NAME", name) };
}

function areTold(mistakes: readonly Mistake[], run: EngineRun, account: SimulatedAccount): void {
  const errors = run.diagnostics
    .filter(({ severity, message }) => severity === "error" && message !== THE_ENGINES_OWN)
    .map(({ urn, message }) => (urn === "" ? message : `${titleOf(urn)}: ${message.replace(THE_ENGINES_PREFIX, "")}`));
  assert.notEqual(run.status, 0);
  for (const { code, told, by } of mistakes) {
    const [start = "", open] = told.split(/…$/);
    const ofIt = errors.filter((error) => error.startsWith(`${by}: `));
    const shown = open === undefined ? ofIt : ofIt.map((error) => error.slice(0, `${by}: ${start}`.length));
    assert.deepEqual(shown, [`${by}: ${start}`], code);
  }
  assert.equal(errors.length, mistakes.length, errors.join("\n"));
  assert.doesNotMatch(run.stdout + run.stderr, /^\s+at /m, "a stack trace");
  assert.deepEqual(writesOf(account), {});
}

/** What the engine adds to a failure of its own steps. */
const THE_ENGINES_OWN = "preview failed";
const THE_ENGINES_PREFIX = /^Preview failed: (before hook "[^"]+" failed: )?/;

/** As the engine heads a diagnostic, without the package: `EncryptedFargateCluster (orders)`. */
function titleOf(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(-2);
  return `${type.slice(type.lastIndexOf(":") + 1)} (${name})`;
}

function cluster(args: string, told: string): Mistake {
  return { code: `new EncryptedFargateCluster("NAME", { ${args} });`, told, by: "EncryptedFargateCluster (NAME)" };
}

/** The same mistake, in an output. */
function later(argument: string, value: string, told: string): Mistake {
  return cluster(`${argument}: pulumi.output(${value})`, told);
}

/** A mistake about the key that a cluster makes: told by that key's component, which stands below the cluster's. */
function made(args: string, told: string): Mistake {
  return { ...cluster(args, told), by: "EphemeralStorageKey (NAME-storage)" };
}

function key(args: string, told: string): Mistake {
  return { code: `new EphemeralStorageKey("NAME", { ${args} });`, told, by: "EphemeralStorageKey (NAME)" };
}
