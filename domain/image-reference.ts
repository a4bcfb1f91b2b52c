// Where a container image comes from, told by its reference as task definitions write it.
// Source: Amazon ECR user guide, "Amazon ECR private registries" (documented form of the registry's host); the reference grammar of
// the OCI distribution specification (documented). Bare names are Docker Hub's.

export type ImageReference =
  | EcrImage
  /** Amazon ECR Public, Docker Hub, or a registry of somebody: none of these can be asked with AWS's read permissions. */
  | { readonly kind: "elsewhere"; readonly host: string };

export interface EcrImage {
  readonly kind: "ecr";
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly id: { readonly tag: string } | { readonly digest: string };
}

/** The hosts of IPv4, and those of IPv4 and IPv6 together (Amazon ECR user guide, "Making requests to registries", documented). */
const ECR_HOST =
  /^(\d{12})\.(?:dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?|dkr-ecr(?:-fips)?\.([a-z0-9-]+)\.on\.aws)$/;

/** A reference without tag and digest means the tag `latest`; one with both means the digest. */
export function parseImageReference(reference: string): ImageReference {
  const slash = reference.indexOf("/");
  const first = slash < 0 ? "" : reference.slice(0, slash);
  const host = /[.:]|^localhost$/.test(first) ? first : "docker.io";
  const [, account, ipv4Region, dualStackRegion] = ECR_HOST.exec(host) ?? [];
  const region = ipv4Region ?? dualStackRegion;
  if (account === undefined || region === undefined) return { kind: "elsewhere", host };
  return { kind: "ecr", account, region, ...nameAndId(reference.slice(slash + 1)) };
}

/** `ACCOUNT/REPOSITORY:TAG` or `ACCOUNT/REPOSITORY@DIGEST`: all references to one image of a Region have the same. */
export function ecrImageName({ id, ...image }: Pick<EcrImage, "account" | "repository" | "id">): string {
  return `${repositoryName(image)}${"tag" in id ? `:${id.tag}` : `@${id.digest}`}`;
}

/** `ACCOUNT/REPOSITORY`: one call asks about images of one repository. */
export function repositoryName({ account, repository }: Pick<EcrImage, "account" | "repository">): string {
  return `${account}/${repository}`;
}

/** Whether the reference names its content: then nothing that moves behind a tag can change what is started. */
export function isPinnedByDigest(reference: string): boolean {
  return reference.includes("@sha256:");
}

function nameAndId(path: string): Pick<EcrImage, "repository" | "id"> {
  const at = path.indexOf("@");
  const name = at < 0 ? path : path.slice(0, at);
  const colon = name.indexOf(":");
  const repository = colon < 0 ? name : name.slice(0, colon);
  if (at >= 0) return { repository, id: { digest: path.slice(at + 1) } };
  return { repository, id: { tag: colon < 0 ? "latest" : name.slice(colon + 1) } };
}
