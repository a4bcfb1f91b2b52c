// The manifest of an image, as far as it tells what a task on a platform reports.
// Source: the image index of the OCI image specification and Docker's manifest list (documented): both list `manifests` with a digest.
// Invariant: a manifest that cannot be read lists nothing; it never throws.

/** The digests that an index lists, in its order, each once; none for the manifest of a single image. */
export function platformDigestsOf(manifest: string | undefined): readonly string[] {
  const { manifests } = membersOf(manifest);
  if (!Array.isArray(manifests)) return [];
  const digests = manifests.flatMap((entry: { readonly digest?: unknown } | null) =>
    typeof entry?.digest === "string" ? [entry.digest] : [],
  );
  return [...new Set(digests)];
}

function membersOf(manifest: string | undefined): { readonly manifests?: unknown } {
  try {
    const read: unknown = JSON.parse(manifest ?? "");
    return typeof read === "object" && read !== null ? read : {};
  } catch {
    return {};
  }
}
