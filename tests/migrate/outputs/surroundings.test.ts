// What outputs of the services around ECS say, and what their silence says.

import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import { collectOutputs } from "../../../migrate/core/offline/collect-outputs";
import type { OutputFile } from "../../../migrate/core/offline/outputs";
import { fileOf, fleetOf } from "./output-files";
import { aTaskDefinition, wholeAccount } from "./small-account";

const REGISTRY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";
const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:pay/db";
const FOREIGN = "arn:aws:secretsmanager:eu-west-1:444455556666:secret:shared-AbCdEf";
const DIGEST = `sha256:${"a".repeat(64)}`;
const PLATFORM = `sha256:${"b".repeat(64)}`;
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const INDEX = "application/vnd.oci.image.index.v1+json";

const CONTAINER = {
  name: "api",
  image: `${REGISTRY}/app:1`,
  logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/app", "awslogs-region": "eu-west-1" } },
};

describe("images in outputs", () => {
  const image = { registryId: "111122223333", repositoryName: "app" };

  it("are found by BatchGetImage, an index with its platforms", async () => {
    const imageManifest = JSON.stringify({ manifests: [{ digest: PLATFORM }, { digest: PLATFORM }] });
    const imageId = { imageDigest: DIGEST, imageTag: "1" };
    const fleet = await withContainer({}, fileOf("i", [{ images: [{ ...image, imageId, imageManifest }] }]));
    assert.deepEqual(knownValue(fleet.images[0]?.found), { digest: DIGEST, platformDigests: [PLATFORM] });
  });

  it("are found by DescribeImages where they are no index, by each of their tags", async () => {
    const detail = { ...image, imageDigest: DIGEST, imageTags: ["0", "1"], imageManifestMediaType: MANIFEST };
    const fleet = await withContainer({}, fileOf("i", [{ imageDetails: [detail] }]));
    assert.deepEqual(knownValue(fleet.images[0]?.found), { digest: DIGEST, platformDigests: [] });
  });

  it("stay unknown where DescribeImages tells of an index: not of what is in it", async () => {
    const detail = { ...image, imageDigest: DIGEST, imageTags: ["1"], imageManifestMediaType: INDEX };
    const { images, unread } = await withContainer({}, fileOf("i", [{ imageDetails: [detail] }]));
    assert.match(whyOf(images[0]?.found), /repository app: aws ecr batch-get-image .*--image-ids imageTag=1 >> images/);
    assert.equal(unread.length, 1);
  });

  it("are known to be gone where the reply names the repository", async () => {
    const failures = [{ imageId: { imageTag: "1" }, failureCode: "ImageNotFound", failureReason: "not found" }];
    const reply = { askedFor: "111122223333/app", images: [], failures };
    const fleet = await withContainer({}, fileOf("i", [reply]));
    assert.deepEqual([knownValue(fleet.images[0]?.found), fleet.unread], [null, []]);
    const nameless = await withContainer({}, fileOf("i", [{ images: [], failures }]));
    assert.equal(nameless.images[0]?.found.kind, "unknown");
  });

  it("that are asked for in one repository are one gap with one command", async () => {
    const containers = [CONTAINER, { ...CONTAINER, name: "b", image: `${REGISTRY}/app@${DIGEST}` }];
    const { unread } = await fleetOf(files({ containers }));
    const gaps = unread.filter(({ operation }) => operation === "ecr:BatchGetImage");
    assert.equal(gaps.length, 1);
    assert.match(gaps[0]?.why ?? "", new RegExp(`--image-ids imageTag=1 imageDigest=${DIGEST}`));
  });
});

describe("secrets in outputs", () => {
  const secrets = (...references: readonly string[]) => ({ secrets: references.map((valueFrom) => ({ valueFrom })) });
  const states = (fleet: Fleet) => fleet.secrets.map(({ state }) => (state.kind === "known" ? state.value : "unknown"));

  it("are there, or being deleted, as DescribeSecret shows them, also by an ARN without its ending", async () => {
    const reply = { ARN: `${SECRET}-AbCdEf`, Name: "pay/db", LastChangedDate: "2026-04-01T00:00:00Z" };
    assert.deepEqual(states(await withContainer(secrets(SECRET), fileOf("s", [reply]))), ["present"]);
    const dying = { ...reply, DeletedDate: "2026-06-01T00:00:00Z" };
    assert.deepEqual(states(await withContainer(secrets(`${SECRET}-AbCdEf:user::`), fileOf("s", [dying]))), [
      "being-deleted",
    ]);
  });

  it("are missing only where a list says that nothing narrowed it", async () => {
    const SecretList = [{ ARN: `${SECRET}2-AbCdEf`, Name: "pay/db2" }];
    const narrowed = await withContainer(secrets(SECRET), fileOf("s", [{ SecretList }]));
    assert.deepEqual(states(narrowed), ["unknown"]);
    assert.match(whyOf(narrowed.secrets[0]?.state), /^no output shows all secrets: aws secretsmanager list-secrets/);
    const whole = await withContainer(secrets(SECRET), fileOf("s", [{ askedFor: "all", SecretList }]));
    assert.deepEqual(states(whole), ["missing"]);
  });

  it("of another account are in no list of this one, and are asked for one by one", async () => {
    const fleet = await withContainer(secrets(FOREIGN), fileOf("s", [{ askedFor: "all", SecretList: [] }]));
    assert.match(whyOf(fleet.secrets[0]?.state), /aws secretsmanager describe-secret .*--secret-id arn:.*444455556666/);
  });

  it("many of them are one gap of their kind", async () => {
    const fleet = await withContainer(secrets(SECRET, `${SECRET}2`, "/a", "/b"), fileOf("x", []));
    const operations = fleet.unread.map(({ operation }) => operation);
    assert.deepEqual(
      operations.filter((operation) => /secret|ssm/.test(operation)),
      ["secretsmanager:ListSecrets", "ssm:DescribeParameters"],
    );
  });

  it("never pass a value on, although a reply of GetParameters holds it", async () => {
    const Parameters = [{ Name: "/a", Type: "SecureString", Value: "hunter2", Version: 1 }];
    const fleet = await withContainer(secrets("/a"), fileOf("p", [{ Parameters }]));
    assert.deepEqual(states(fleet), ["present"]);
    assert.ok(!JSON.stringify(fleet).includes("hunter2"));
  });
});

describe("log groups and alarms in outputs", () => {
  it("are missing where a list says that nothing narrowed it, and else unknown", async () => {
    const logGroups = [{ logGroupName: "/other", arn: "arn:aws:logs:eu-west-1:111122223333:log-group:/other:*" }];
    const narrowed = await withContainer({}, fileOf("l", [{ logGroups }]));
    assert.match(whyOf(narrowed.logGroups[0]?.exists), /aws logs describe-log-groups .*askedFor/);
    const whole = await withContainer({}, fileOf("l", [{ askedFor: "all", logGroups }]));
    assert.deepEqual(knownValue(whole.logGroups[0]?.exists), false);
  });

  it("in a reply with a further page do not count as all, and scalable targets neither", async () => {
    const { complete } = collectOutputs([fileOf("a", [{ ScalableTargets: [], NextToken: "more" }])]);
    assert.equal(complete.size, 0);
  });
});

describe("the commands that show what is missing", () => {
  it("ask for no value of a secret or parameter", async () => {
    const references = [SECRET, FOREIGN, "/a"].map((valueFrom) => ({ valueFrom }));
    const { unread } = await withContainer({ secrets: references }, fileOf("x", []));
    const text = unread.map(({ why }) => why).join("\n");
    assert.match(text, /list-secrets/);
    assert.doesNotMatch(text, /get-secret-value|get-parameter|with-decryption/);
  });
});

function files({ containers }: { readonly containers: readonly object[] }): readonly OutputFile[] {
  const account = {
    ...wholeAccount(),
    definition: [{ taskDefinition: aTaskDefinition({ containerDefinitions: containers }) }],
  };
  return Object.entries(account).map(([name, replies]) => fileOf(name, replies));
}

/** Of what the small account shows, and its container needs, only the image and the log group are not there. */
function withContainer(members: object, ...more: readonly OutputFile[]): Promise<Fleet> {
  const there = [
    fileOf("image", [
      {
        registryId: "111122223333",
        repositoryName: "app",
        imageId: { imageDigest: DIGEST, imageTag: "1" },
        imageManifest: "{}",
      },
    ]),
    fileOf("logs", [{ logGroups: [{ logGroupName: "/app", creationTime: 1_700_000_000_000 }] }]),
  ].filter(({ name }) => !more.some((file) => file.name === name[0]));
  return fleetOf([...files({ containers: [{ ...CONTAINER, ...members }] }), ...there, ...more]);
}

function knownValue(fact: { readonly kind: string; readonly value?: unknown } | undefined): unknown {
  assert.equal(fact?.kind, "known", JSON.stringify(fact));
  return fact?.value;
}

function whyOf(fact: { readonly kind: string; readonly why?: string } | undefined): string {
  assert.equal(fact?.kind, "unknown");
  return fact?.why ?? "";
}
