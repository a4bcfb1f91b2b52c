// A report file's text → Report, or an error that says where it is wrong.

import { checkDocumentKind, checkShape, type DocumentKind, parseJson } from "./parse-document";
import { REPORT_SCHEMA, REPORT_VERSION, type Report } from "./report";

/** `where` names the file in errors. @throws FargateCmkError `not-json`, `wrong-shape`, `foreign-version` */
export function parseReport(text: string, where: string): Report {
  const value = parseJson(text, where);
  checkDocumentKind(value, REPORT_KIND, where);
  const { reportSchema } = require("./report-schema") as typeof import("./report-schema");
  return checkShape(value, reportSchema, where);
}

const REPORT_KIND: DocumentKind = {
  noun: "a report",
  schema: REPORT_SCHEMA,
  versions: [REPORT_VERSION],
  madeBy: "fargate-cmk report --format json",
};
