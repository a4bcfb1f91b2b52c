// IP addresses and CIDR ranges of both families, for the IpAddress operators.
// Invariant: an address of one family is never inside a range of the other.

/** Whether the address is in the range, or null when either cannot be read. */
export function isInRange(address: string, range: string): boolean | null {
  const [network = "", lengthText] = range.split("/");
  const subject = parseAddress(address);
  const base = parseAddress(network);
  if (subject === null || base === null) return null;
  const length = lengthText === undefined ? base.bits : Number(lengthText);
  if (!Number.isInteger(length) || length < 0 || length > base.bits) return null;
  const shift = BigInt(base.bits - length);
  return subject.bits === base.bits && subject.value >> shift === base.value >> shift;
}

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function parseAddress(text: string): Address | null {
  return text.includes(":") ? parseVersion6(text) : parseVersion4(text);
}

function parseVersion4(text: string): Address | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return null;
  return { bits: 32, value: fold(parts.map(BigInt), 8n) };
}

function parseVersion6(text: string): Address | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const left = groups[0] ?? [];
  const right = groups[1] ?? [];
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const whole = [...left, ...Array<string>(missing).fill("0"), ...right];
  if (!whole.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return {
    bits: 128,
    value: fold(
      whole.map((group) => BigInt(`0x${group}`)),
      16n,
    ),
  };
}

function fold(parts: readonly bigint[], width: bigint): bigint {
  return parts.reduce((sum, part) => (sum << width) | part, 0n);
}
