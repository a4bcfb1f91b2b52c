// The full name of a key's alias, from what the program gave: with or without the prefix "alias/".
// Source: CreateAlias (AWS KMS API Reference, documented): charset, 256 characters, alias/aws/ reserved for AWS managed keys.
// Invariant: what comes out begins with alias/ and CreateAlias takes it.

import { ArgumentError } from "./argument-error";

/** @throws ArgumentError for what KMS would refuse. */
export function fullAliasName(argument: string, name: string): string {
  const full = name.startsWith(PREFIX) ? name : `${PREFIX}${name}`;
  if (full.startsWith(`${PREFIX}aws/`)) {
    throw new ArgumentError(argument, name, "alias/aws/ is reserved for keys that AWS manages, choose another name");
  }
  if (/^alias\/[A-Za-z0-9/_-]+$/.test(full) && full.length <= CHARACTERS_MAX) return full;
  throw new ArgumentError(
    argument,
    name,
    `an alias has letters, digits, "/", "_" and "-", and at most ${CHARACTERS_MAX} characters with its prefix alias/`,
  );
}

const PREFIX = "alias/";
const CHARACTERS_MAX = 256;
