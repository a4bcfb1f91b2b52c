// A wrong value that nobody typed: its error says where it stands.

import { FargateCmkError } from "../../errors";

/** An error of usage begins with the flag that it is about; `origins` says where flags come from that were not typed. */
export function withOrigin(error: unknown, origins: ReadonlyMap<string, string>): unknown {
  if (!(error instanceof FargateCmkError) || error.code !== "usage") return error;
  const [flag] = /^--[a-z-]+/.exec(error.message) ?? [];
  const origin = flag === undefined ? undefined : origins.get(flag);
  if (origin === undefined) return error;
  return new FargateCmkError("usage", {
    message: `${error.message} (${origin})`,
    remedy: error.remedy,
    cause: error.cause,
  });
}
