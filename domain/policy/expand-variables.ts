// Policy variables: `${aws:PrincipalAccount}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the characters themselves.
// Source: IAM user guide, "IAM policy elements: Variables and tags" (documented).
//
// Invariants
//   a document of version 2008-10-17 has no variables: the text stands for itself
//   a variable's value is literal: a * inside it is no wildcard
//   a variable without value and default makes the whole text unknown: AWS says only that the statement may become invalid

import { literalPieces, type Piece, piecesOf } from "./match-wildcard";
import { lookUp, type RequestContext } from "./request";

export interface Expansion {
  readonly version: "2012-10-17" | "2008-10-17";
  readonly context: RequestContext;
}

export type Expanded =
  | { readonly kind: "pieces"; readonly pieces: readonly Piece[] }
  | { readonly kind: "unknown"; readonly why: string };

export function expandVariables(text: string, { version, context }: Expansion): Expanded {
  if (version === "2008-10-17" || !text.includes("${")) return { kind: "pieces", pieces: piecesOf(text) };
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const value = resolve(match[1] ?? "", context);
    if (value.kind === "unknown") return value;
    pieces.push(...piecesOf(text.slice(from, match.index)), ...literalPieces(value.text));
    from = match.index + match[0].length;
  }
  return { kind: "pieces", pieces: [...pieces, ...piecesOf(text.slice(from))] };
}

export function hasVariable(text: string): boolean {
  return text.search(VARIABLE) >= 0;
}

const VARIABLE = /\$\{([^{}]*)\}/g;
const WITH_DEFAULT = /^\s*([^,]*?)\s*,\s*'(.*)'\s*$/;

type VariableValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "unknown"; readonly why: string };

function resolve(inside: string, context: RequestContext): VariableValue {
  if (["*", "?", "$"].includes(inside)) return { kind: "text", text: inside };
  const parts = WITH_DEFAULT.exec(inside);
  const key = parts?.[1] ?? inside.trim();
  const value = lookUp(context, key);
  switch (value.kind) {
    case "unknown":
      return { kind: "unknown", why: `variable \${${key}}: ${value.why}` };
    case "absent":
      return parts?.[2] === undefined
        ? { kind: "unknown", why: `variable \${${key}} has no value in this request and no default` }
        : { kind: "text", text: parts[2] };
    case "present":
      return value.values.length === 1
        ? { kind: "text", text: value.values[0] ?? "" }
        : { kind: "unknown", why: `variable \${${key}} has ${value.values.length} values` };
  }
}
