// The bytes of a file that a shell wrote → text.
// Invariant: it never throws: bytes that are no text become replacement characters, which are then no JSON.
//
// PowerShell's `>` writes UTF-16 with a byte order mark before version 6 and UTF-8 since; cmd.exe and POSIX shells write what the
// AWS CLI printed, which is UTF-8.

export function decodeOutput(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** By the byte order mark; without one by the zero that stands beside every ASCII character of UTF-16, and JSON begins with one. */
function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first !== undefined && first !== 0 && second === 0) return "utf-16le";
  if (first === 0 && second !== undefined && second !== 0) return "utf-16be";
  return "utf-8";
}
