// Image manifests: what a registry keeps of an image. Layers are not modelled.
// Sources: the image manifest and image index of the OCI image specification (documented), Docker's manifest list likewise.
// Invariant: the digest of a manifest is the SHA-256 of its text, byte for byte.

import { createHash } from "node:crypto";

export interface ImageManifest {
  readonly text: string;
  readonly mediaType: string;
  /** Of an index (a multi-architecture image): the digests of the manifests that it lists, in its order; else empty. */
  readonly platformDigests: readonly string[];
}

const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const OCI_INDEX = "application/vnd.oci.image.index.v1+json";

export function manifestDigest(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** Null when the text is no manifest. The media type given goes before the one that the text itself names. */
export function readManifest(text: string, givenMediaType?: string): ImageManifest | null {
  const content = recordOf(text);
  if (content === null) return null;
  const listed = Array.isArray(content.manifests) ? content.manifests : null;
  const own = typeof content.mediaType === "string" ? content.mediaType : null;
  return {
    text,
    mediaType: givenMediaType ?? own ?? (listed === null ? OCI_MANIFEST : OCI_INDEX),
    platformDigests: (listed ?? []).flatMap((entry: { digest?: unknown }) =>
      typeof entry?.digest === "string" ? [entry.digest] : [],
    ),
  };
}

/** Stands for a manifest of which only the digests are known: its own digest is not the hash of this text. */
export function unseenManifest(digest: string, platformDigests: readonly string[]): ImageManifest {
  const isIndex = platformDigests.length > 0;
  const mediaType = isIndex ? OCI_INDEX : OCI_MANIFEST;
  const content = isIndex
    ? { manifests: platformDigests.map((listed) => ({ mediaType: OCI_MANIFEST, digest: listed, size: 0 })) }
    : { config: { mediaType: "application/vnd.oci.image.config.v1+json", digest, size: 0 }, layers: [] };
  return { text: JSON.stringify({ schemaVersion: 2, mediaType, ...content }), mediaType, platformDigests };
}

function recordOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null;
  } catch {
    return null;
  }
}
