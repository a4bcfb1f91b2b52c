// A preflight file's text → Preflight, or an error that says where it is wrong.

import { checkDocumentKind, checkShape, type DocumentKind, parseJson } from "./parse-document";
import { PREFLIGHT_SCHEMA, PREFLIGHT_VERSION, type Preflight } from "./preflight";

/** `where` names the file in errors. @throws FargateCmkError `not-json`, `wrong-shape`, `foreign-version` */
export function parsePreflight(text: string, where: string): Preflight {
  const value = parseJson(text, where);
  checkDocumentKind(value, PREFLIGHT_KIND, where);
  const { preflightSchema } = require("./preflight-schema") as typeof import("./preflight-schema");
  return checkShape(value, preflightSchema, where);
}

const PREFLIGHT_KIND: DocumentKind = {
  noun: "a preflight",
  schema: PREFLIGHT_SCHEMA,
  versions: [PREFLIGHT_VERSION],
  madeBy: "fargate-cmk preflight",
};
