// Pieces of GitHub-flavoured Markdown. Whatever comes from an account is escaped: a tag must not become a link or an image.

import { printable } from "./printable";

/** Text as it is, whatever it holds. */
export function plain(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>|#~!]/g, (character) => `\\${character}`);
}

/** In monospace, as ARNs and ids are; a text with a backtick gets a longer fence. */
export function code(text: string): string {
  const clean = printable(text).replaceAll("|", "\\|");
  return clean.includes("`") ? `\`\` ${clean} \`\`` : `\`${clean}\``;
}

/** Cells are Markdown already; a table without rows is one line that says so. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return ["None."];
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/** Lines as one page: never two empty lines in a row, a line break at the end. */
export function page(lines: readonly string[]): string {
  return `${lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
}

/** A heading, an empty line, the body, an empty line. */
export function chapter(title: string, body: readonly string[], level: 1 | 2 | 3 = 2): readonly string[] {
  return [`${"#".repeat(level)} ${title}`, "", ...body, ""];
}

export function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

export function list(items: readonly string[]): readonly string[] {
  return items.map((item) => `- ${item}`);
}

/** Prose escaped, with the command at its end (after a colon, as remedies have it) in monospace. */
export function withCommand(text: string): string {
  const match = /^(|.*?: )((?:aws|fargate-cmk) \S.*)$/.exec(printable(text));
  return match === null ? plain(text) : `${plain(match[1] ?? "")}${code(match[2] ?? "")}`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
