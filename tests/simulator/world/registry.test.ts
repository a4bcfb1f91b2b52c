import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { ACCOUNT, REGION, SmallWorld } from "./small-world";

const repositoryName = "pay/api";

function registry(more: object = {}): SmallWorld {
  const small = new SmallWorld();
  small.call("ecr", "CreateRepository", { repositoryName, ...more });
  return small;
}

function manifestOf(text: string): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: { text },
  });
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

function put(small: SmallWorld, imageManifest: string, imageTag?: string): string {
  const tagged = imageTag === undefined ? {} : { imageTag };
  return small.call("ecr", "PutImage", { repositoryName, imageManifest, ...tagged }).image.imageId.imageDigest;
}

function get(small: SmallWorld, ...imageIds: object[]) {
  return small.call("ecr", "BatchGetImage", { repositoryName, imageIds });
}

describe("simulated Amazon ECR", () => {
  describe("36 a registry has an image by each of its tags and by its digest, and says image by image what it does not have", () => {
    it("with the digest of the manifest's text", () => {
      const small = registry();
      const digest = put(small, manifestOf("a"), "1");
      assert.equal(digest, digestOf(manifestOf("a")));
      put(small, manifestOf("a"), "latest");
      const { images, failures } = get(
        small,
        { imageTag: "1" },
        { imageDigest: digest },
        { imageTag: "latest", imageDigest: digest },
        { imageTag: "2" },
        { imageDigest: digestOf("other") },
      );
      assert.deepEqual(
        images.map(({ imageId }: { imageId: object }) => imageId),
        [{ imageTag: "1", imageDigest: digest }, { imageDigest: digest }, { imageTag: "latest", imageDigest: digest }],
      );
      assert.equal(images[0].imageManifest, manifestOf("a"));
      assert.equal(images[0].imageManifestMediaType, "application/vnd.oci.image.manifest.v1+json");
      assert.deepEqual(
        failures.map(({ failureCode }: { failureCode: string }) => failureCode),
        ["ImageNotFound", "ImageNotFound"],
      );
    });

    it("and says what is wrong with an id", () => {
      const small = registry();
      const digest = put(small, manifestOf("a"), "1");
      put(small, manifestOf("b"), "2");
      const { failures } = get(
        small,
        {},
        { imageDigest: "sha256:short" },
        { imageTag: "-no" },
        { imageTag: "2", imageDigest: digest },
      );
      assert.deepEqual(
        failures.map(({ failureCode }: { failureCode: string }) => failureCode),
        ["MissingDigestAndTag", "InvalidImageDigest", "InvalidImageTag", "ImageTagDoesNotMatchDigest"],
      );
      const none = { repositoryName, imageIds: [] };
      assert.equal(small.refused("ecr", "BatchGetImage", none).code, "InvalidParameterException");
      const many = { repositoryName, imageIds: Array(101).fill({ imageTag: "1" }) };
      assert.equal(small.refused("ecr", "BatchGetImage", many).code, "InvalidParameterException");
    });

    it("in the caller's registry, or in another account's that this world holds", () => {
      const small = registry();
      const imageIds = [{ imageTag: "1" }];
      put(small, manifestOf("a"), "1");
      const elsewhere = { account: "444455556666", region: REGION, principalArn: "arn:aws:iam::444455556666:role/r" };
      const ask = { repositoryName, registryId: ACCOUNT, imageIds };
      const seen = small.reply("ecr", "BatchGetImage", ask, elsewhere);
      assert.equal(seen.kind === "ok" && (seen.output.images as unknown[]).length, 1);
      const own = small.reply("ecr", "BatchGetImage", { repositoryName, imageIds }, elsewhere);
      assert.equal(own.kind === "error" && own.code, "RepositoryNotFoundException");
      const unknown = { repositoryName, registryId: "999900001111", imageIds };
      assert.equal(small.refused("ecr", "BatchGetImage", unknown).code, "RepositoryNotFoundException");
    });

    it("with the manifests that an index lists, which must be there before it", () => {
      const small = registry();
      const platforms = ["amd64", "arm64"].map(manifestOf);
      const manifests = platforms.map((text) => ({ digest: digestOf(text) }));
      const index = JSON.stringify({ schemaVersion: 2, manifests });
      const early = { repositoryName, imageManifest: index };
      assert.equal(small.refused("ecr", "PutImage", early).code, "ReferencedImagesNotFoundException");
      for (const text of platforms) put(small, text);
      put(small, index, "1");
      const [image] = get(small, { imageTag: "1" }).images;
      assert.equal(image.imageManifestMediaType, "application/vnd.oci.image.index.v1+json");
      assert.deepEqual(JSON.parse(image.imageManifest).manifests, manifests);
      const imageIds = [{ imageDigest: manifests[0]?.digest }];
      const { failures } = small.call("ecr", "BatchDeleteImage", { repositoryName, imageIds });
      assert.equal(failures[0].failureCode, "ImageReferencedByManifestList");
    });

    it("and describes all of them or the ones named, page by page", () => {
      const small = registry();
      for (const tag of ["1", "2", "3"]) put(small, manifestOf(tag), tag);
      put(small, manifestOf("untagged"));
      const first = small.call("ecr", "DescribeImages", { repositoryName, maxResults: 3 });
      assert.deepEqual(
        first.imageDetails.map(({ imageTags }: { imageTags: string[] }) => imageTags),
        [["1"], ["2"], ["3"]],
      );
      const rest = small.call("ecr", "DescribeImages", { repositoryName, maxResults: 3, nextToken: first.nextToken });
      assert.equal(rest.imageDetails.length, 1);
      assert.equal("imageTags" in rest.imageDetails[0], false);
      const tagged = small.call("ecr", "DescribeImages", { repositoryName, filter: { tagStatus: "TAGGED" } });
      assert.equal(tagged.imageDetails.length, 3);
      const named = { repositoryName, imageIds: [{ imageTag: "1" }, { imageTag: "9" }] };
      assert.equal(small.refused("ecr", "DescribeImages", named).code, "ImageNotFoundException");
      assert.equal(
        small.refused("ecr", "DescribeImages", { ...named, maxResults: 1 }).code,
        "InvalidParameterException",
      );
    });

    it("until its last tag is taken away, or its digest is deleted", () => {
      const small = registry();
      const digest = put(small, manifestOf("a"), "1");
      put(small, manifestOf("a"), "2");
      const drop = (imageId: object) => small.call("ecr", "BatchDeleteImage", { repositoryName, imageIds: [imageId] });
      assert.deepEqual(drop({ imageTag: "1" }).imageIds, [{ imageTag: "1", imageDigest: digest }]);
      assert.equal(get(small, { imageDigest: digest }).images.length, 1);
      drop({ imageTag: "2" });
      assert.equal(get(small, { imageDigest: digest }).images.length, 0);
      assert.equal(drop({ imageTag: "2" }).failures[0].failureCode, "ImageNotFound");
      put(small, manifestOf("a"), "1");
      drop({ imageDigest: digest });
      assert.equal(get(small, { imageTag: "1" }).images.length, 0);
    });
  });

  it("moves a tag to another image, unless tags are immutable there", () => {
    const small = registry();
    put(small, manifestOf("a"), "1");
    const moved = put(small, manifestOf("b"), "1");
    assert.equal(get(small, { imageTag: "1" }).images[0].imageId.imageDigest, moved);
    const fixed = registry({ imageTagMutability: "IMMUTABLE" });
    put(fixed, manifestOf("a"), "1");
    const again = { repositoryName, imageManifest: manifestOf("b"), imageTag: "1" };
    assert.equal(fixed.refused("ecr", "PutImage", again).code, "ImageTagAlreadyExistsException");
    const same = { ...again, imageManifest: manifestOf("a") };
    assert.equal(fixed.refused("ecr", "PutImage", same).code, "ImageAlreadyExistsException");
  });

  it("refuses what is no repository, no manifest and no digest of it", () => {
    const small = registry();
    const code = (operation: string, input: object): string =>
      small.refused("ecr", operation, { repositoryName, ...input }).code;
    assert.equal(code("CreateRepository", {}), "RepositoryAlreadyExistsException");
    assert.equal(code("CreateRepository", { repositoryName: "Upper" }), "InvalidParameterException");
    assert.equal(
      code("CreateRepository", { repositoryName: "a", registryId: "444455556666" }),
      "InvalidParameterException",
    );
    assert.equal(code("PutImage", { imageManifest: "no JSON" }), "InvalidParameterException");
    const other = { imageManifest: manifestOf("a"), imageDigest: digestOf("b") };
    assert.equal(code("PutImage", other), "ImageDigestDoesNotMatchException");
  });
});
