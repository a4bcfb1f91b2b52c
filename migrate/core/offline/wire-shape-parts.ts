// The words in which the shapes of AWS's replies are written down.

import type { WireShape } from "./wire-shape";

export type RecordShape = WireShape & { readonly kind: "record" };

export const text: WireShape = { kind: "text" };
export const name: WireShape = { kind: "name" };
export const count: WireShape = { kind: "count" };
export const number: WireShape = { kind: "number" };
export const flag: WireShape = { kind: "flag" };
export const size: WireShape = { kind: "size" };
export const at: WireShape = { kind: "instant" };
export const ahead: WireShape = { kind: "instant", ahead: true };
export const map: WireShape = { kind: "map" };

export function record(members: Readonly<Record<string, WireShape>>): RecordShape {
  return { kind: "record", members };
}

export function list(item: WireShape): WireShape {
  return { kind: "list", item };
}

export function word(...words: readonly string[]): WireShape {
  return { kind: "word", words };
}
