// The member under which an image that was seen keeps its name: `ACCOUNT/REPOSITORY:TAG` or `ACCOUNT/REPOSITORY@DIGEST`.
// AWS's replies have no such member: they name an image by three.

export const IMAGE_ID = "fargateCmkImage";
