// A name after a prefix, as Terraform makes it for `namePrefix`: the instant and a counter, so that later ones sort later.

let counter = 0;

export function uniqueName(prefix: string): string {
  counter += 1;
  const stamp = new Date().toISOString().replace(/\D/g, "");
  return `${prefix}${stamp}${counter.toString(16).padStart(9, "0")}`;
}
