// Keys of a settings file that are no options: told before anything else, with the name that was probably meant.

import { didYouMean, nearNames } from "../../drive/near-names";
import { FargateCmkError } from "../../errors";
import { type OptionKey, optionKeys } from "./option-keys";
import type { SettingsTable } from "./settings-schema";

/** @throws FargateCmkError `wrong-shape` for the first key that is none */
export function checkKeys(value: unknown, where: string, { globals, verbs }: SettingsTable): void {
  if (!isRecord(value)) return;
  const globalKeys = optionKeys(globals, null);
  for (const [key, section] of Object.entries(value)) {
    const verb = verbs.find(({ name }) => name === key);
    if (verb === undefined) {
      checkKey({ key, path: key, where, keys: globalKeys, others: verbs.map(({ name }) => name), help: "" });
      continue;
    }
    const keys = optionKeys(verb.options, verb);
    for (const member of Object.keys(isRecord(section) ? section : {}))
      checkKey({ key: member, path: `${key}.${member}`, where, keys, others: [], help: ` ${key}` });
  }
}

interface KeyQuestion {
  readonly key: string;
  readonly path: string;
  readonly where: string;
  readonly keys: readonly OptionKey[];
  /** What else may stand beside the keys. */
  readonly others: readonly string[];
  readonly help: string;
}

function checkKey({ key, path, where, keys, others, help }: KeyQuestion): void {
  const known = keys.find((one) => one.key === key);
  if (known?.inFile === true) return;
  if (known !== undefined) {
    const message = `${where}: ${path} cannot stand in a settings file: --${key} is said on the command line each time`;
    throw new FargateCmkError("wrong-shape", { message, remedy: `take ${path} out of ${where}` });
  }
  const names = [...keys.filter(({ inFile }) => inFile).map((one) => one.key), ...others];
  const asFlag = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll("_", "-");
  const meant = didYouMean(nearNames(asFlag, names));
  const message = `${where}: ${path} is no option of fargate-cmk${help}`;
  throw new FargateCmkError("wrong-shape", { message, remedy: `${meant}fargate-cmk${help} --help lists them` });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
