// The media types of image manifests, old and new: of one image, and of an index that lists one manifest for each platform.
// Source: OCI image specification and Docker's image manifest version 2, schema 2 (documented); Amazon ECR takes and gives all four.

export const SINGLE_MANIFEST_TYPES: readonly string[] = [
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
];

export const INDEX_MANIFEST_TYPES: readonly string[] = [
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.index.v1+json",
];
