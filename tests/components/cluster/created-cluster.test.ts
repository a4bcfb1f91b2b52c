// The comparison of what AWS has with what was asked for.

import assert from "node:assert/strict";
import { agreedKey, agreedName, readBackClusterArn } from "../../../components/cluster/created-cluster";

describe("the created cluster, read back", () => {
  const arn = "arn:aws:ecs:eu-west-1:111122223333:cluster/web";

  it("is taken when ARN and name both are as fixed", () => {
    assert.equal(readBackClusterArn("web", { arn, name: "web" }), arn);
  });

  for (const [title, created] of [
    ["name", { arn, name: "web2" }],
    ["ARN", { arn: `${arn}2`, name: "web" }],
  ] as const) {
    it(`is refused when its ${title} is another`, () => {
      assert.throws(() => readBackClusterArn("web", created), /but the key policy names "web"/);
    });
  }

  it("has its name looked at before it is there: a transform may have changed it", () => {
    assert.equal(agreedName("web", "web"), "web");
    assert.throws(
      () => agreedName("web", "web2"),
      /the cluster is "web2", but the key policy names "web": .*transform/,
    );
  });

  it("is refused when its ARN is none", () => {
    assert.throws(
      () => readBackClusterArn("web", { arn: "web", name: "web" }),
      /the created cluster has not an ARN: "web"/,
    );
  });
});

describe("the key of the created cluster, read back", () => {
  const arn = "arn:aws:ecs:eu-west-1:111122223333:cluster/web";
  const key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  it("is taken when it is the one that was asked for, by ARN or by id", () => {
    assert.equal(agreedKey(key, { arn, key }), true);
    assert.equal(agreedKey(key, { arn, key: "1234abcd-12ab-34cd-56ef-1234567890ab" }), true);
  });

  for (const [title, found, said] of [
    [
      "another key",
      key.replace("1234abcd", "4321dcba"),
      /has the key arn:aws:kms:\S+4321dcba\S+ under ephemeral storage, not/,
    ],
    ["no key", null, /has no key under ephemeral storage, not arn:aws:kms/],
    ["an empty one", "", /has no key under ephemeral storage/],
  ] as const) {
    it(`is refused when the cluster has ${title}`, () => {
      assert.throws(() => agreedKey(key, { arn, key: found }), said);
    });
  }
});
