// Reads a whole file as text; the parsers of core make values of it.
// Invariant: a file that is not there is an error with a next step, never an empty text, unless the caller asks for null.

import { readFile } from "node:fs/promises";
import { systemCode, unreadable } from "./file-failure";

/** `shown` is the path as its user typed it, for the error. @throws FargateCmkError `file-unreadable` */
export async function readTextFile(file: string, shown = file): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw unreadable(shown, error);
  }
}

/** The text, or null when no such file exists. @throws FargateCmkError `file-unreadable` for any other trouble */
export async function readTextFileIfAny(file: string, shown = file): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw unreadable(shown, error);
  }
}
