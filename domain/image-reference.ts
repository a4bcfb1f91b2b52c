// Where a container image comes from, told by its reference as task definitions write it.
// Source: Amazon ECR user guide, "Amazon ECR private registries" (documented form of the registry's host); the reference grammar of
// the OCI distribution specification (documented). Bare names are Docker Hub's.

export type ImageReference =
  | {
      readonly kind: "ecr";
      /** 12 digits. */
      readonly account: string;
      readonly region: string;
      readonly repository: string;
      readonly id: { readonly tag: string } | { readonly digest: string };
    }
  /** Amazon ECR Public, Docker Hub, or a registry of somebody: none of these can be asked with AWS's read permissions. */
  | { readonly kind: "elsewhere"; readonly host: string };

const ECR_HOST = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;

/** A reference without tag and digest means the tag `latest`; one with both means the digest. */
export function parseImageReference(reference: string): ImageReference {
  const slash = reference.indexOf("/");
  const first = slash < 0 ? "" : reference.slice(0, slash);
  const host = /[.:]|^localhost$/.test(first) ? first : "docker.io";
  const [, account, region] = ECR_HOST.exec(host) ?? [];
  if (account === undefined || region === undefined) return { kind: "elsewhere", host };
  return { kind: "ecr", account, region, ...nameAndId(reference.slice(slash + 1)) };
}

/** Whether the reference names its content: then nothing that moves behind a tag can change what is started. */
export function isPinnedByDigest(reference: string): boolean {
  return reference.includes("@sha256:");
}

function nameAndId(path: string): Pick<Extract<ImageReference, { kind: "ecr" }>, "repository" | "id"> {
  const at = path.indexOf("@");
  const name = at < 0 ? path : path.slice(0, at);
  const colon = name.indexOf(":");
  const repository = colon < 0 ? name : name.slice(0, colon);
  if (at >= 0) return { repository, id: { digest: path.slice(at + 1) } };
  return { repository, id: { tag: colon < 0 ? "latest" : name.slice(colon + 1) } };
}
