// LanguageRuntime.Link: names generated packages in the program's requirements.txt, once each, by their folders.

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type LinkRequest, LinkResponse } from "@pulumi/pulumi/proto/language_pb";

export function linkedRequirements(request: LinkRequest): LinkResponse {
  const file = path.join(request.getInfo()?.getRootDirectory() ?? "", "requirements.txt");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const folders = request.getPackagesList().map((dependency) => dependency.getPath());
  const lacking = folders.filter((folder) => !text.split(/\r?\n/).includes(folder));
  const begin = text === "" || text.endsWith("\n") ? "" : "\n";
  if (lacking.length > 0) appendFileSync(file, begin + lacking.map((folder) => `${folder}\n`).join(""));
  return new LinkResponse();
}
