// The little of CBOR that an error needs: a map of texts. Source: RFC 8949, section 3.

const MAP = 0xa0;
const TEXT = 0x60;
/** Lengths up to 23 stand in the first byte; 24 and 25 say that one or two bytes follow. */
const SHORT_MAX = 23;
const ONE_BYTE_MAX = 0xff;

/** At most 23 entries, each text at most 65,535 bytes. */
export function writeCborTexts(texts: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.entries(texts);
  if (entries.length > SHORT_MAX) throw new RangeError(`a map of ${entries.length} texts is too large; at most 23 fit`);
  return Buffer.concat([Buffer.from([MAP + entries.length]), ...entries.flat().map(text)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([head(bytes.length), bytes]);
}

function head(length: number): Buffer {
  if (length <= SHORT_MAX) return Buffer.from([TEXT + length]);
  if (length <= ONE_BYTE_MAX) return Buffer.from([TEXT + 24, length]);
  if (length <= 0xffff) return Buffer.from([TEXT + 25, length >> 8, length & 0xff]);
  throw new RangeError(`a text of ${length} bytes is too long; at most 65535 fit`);
}
