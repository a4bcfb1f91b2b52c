// What an option of the table is called in a settings file and in the environment: its long flag, and nothing else to learn.
//
// Invariants
//   `--mutex-tag` of `plan` is `plan: {mutex-tag: …}` in a file and FARGATE_CMK_PLAN_MUTEX_TAG in the environment
//   what skips a question, reaches out of the machine or sends calls elsewhere is said on the command line each time, and nowhere else

import type { Verb, VerbOption } from "../verb";

export interface OptionKey {
  readonly option: VerbOption;
  /** The long flag without its dashes: `mutex-tag`. */
  readonly key: string;
  /** The name that a command gets it by: `mutexTag`. */
  readonly member: string;
  /** What a flag without a value means: `--no-color` makes `color` false. */
  readonly whenSet: boolean;
  readonly takes: "flag" | "text" | "list";
  /** Null for options of the command line alone: the environment must not skip a question either. */
  readonly variable: string | null;
  readonly inFile: boolean;
}

/** The keys of one verb's options, or with null of those that every command takes. */
export function optionKeys(options: readonly VerbOption[], verb: Pick<Verb, "name"> | null): readonly OptionKey[] {
  return options.map((option) => {
    const key = /^--([a-z-]+)/.exec(option.flags)?.[1] ?? "";
    const plain = key.replace(/^no-/, "");
    const takes = option.repeated === true ? "list" : option.flags.includes("<") ? "text" : "flag";
    const isSettable = option.required !== true && !COMMAND_LINE_ONLY.includes(key);
    const negated = takes === "flag" && plain !== key;
    return {
      option,
      key,
      member: camelCase(negated ? plain : key),
      whenSet: !negated,
      takes,
      variable: isSettable ? variableOf(verb, key) : null,
      inFile: isSettable,
    };
  });
}

/** Each of these widens or skips something, or decides where credentials go. */
const COMMAND_LINE_ONLY: readonly string[] = [
  "accept",
  "config",
  "endpoint-url",
  "force",
  "host",
  "no-config",
  "only",
  "probe",
  "rebuild",
  "replace",
  "rollback-inflight",
  "yes",
];

function variableOf(verb: Pick<Verb, "name"> | null, key: string): string {
  const words = ["FARGATE_CMK", ...(verb === null ? [] : [verb.name]), key];
  return words.join("_").replaceAll("-", "_").toUpperCase();
}

function camelCase(key: string): string {
  return key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
