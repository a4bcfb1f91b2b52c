import assert from "node:assert/strict";
import { parseImageReference } from "../../domain/image-reference";

const DIGEST = `sha256:${"ab".repeat(32)}`;
const ecr = (region: string, repository: string, id: object) => ({
  kind: "ecr",
  account: "111122223333",
  region,
  repository,
  id,
});

describe("an image as a task definition writes it", () => {
  for (const [written, parsed] of [
    ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/pay/api", ecr("eu-west-1", "pay/api", { tag: "latest" })],
    [`111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1@${DIGEST}`, ecr("eu-west-1", "api", { digest: DIGEST })],
    ["111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/api:1", ecr("us-east-1", "api", { tag: "1" })],
    ["111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/api:1", ecr("cn-north-1", "api", { tag: "1" })],
    ["111122223333.dkr-ecr.eu-west-1.on.aws/api:1", ecr("eu-west-1", "api", { tag: "1" })],
    ["111122223333.dkr-ecr-fips.us-east-1.on.aws/api:1", ecr("us-east-1", "api", { tag: "1" })],
    ["registry.example.com:5000/team/api:1", { kind: "elsewhere", host: "registry.example.com:5000" }],
    ["public.ecr.aws/nginx/nginx:1", { kind: "elsewhere", host: "public.ecr.aws" }],
    ["grafana/grafana:9", { kind: "elsewhere", host: "docker.io" }],
    ["nginx", { kind: "elsewhere", host: "docker.io" }],
  ] as const)
    it(`${written} is ${parsed.kind === "ecr" ? "in Amazon ECR" : "elsewhere"}`, () => {
      assert.deepEqual(parseImageReference(written), parsed);
    });
});
