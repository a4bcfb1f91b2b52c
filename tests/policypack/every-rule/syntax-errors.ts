// What is wrong with a change that a message shows, read as TypeScript, or as JSON where it is configuration.

import ts from "typescript";

/** A diff is taken as what stands there afterwards. */
export function syntaxErrors(change: readonly string[]): readonly string[] {
  const text = after(change).join("\n");
  if (isJson(text)) return [];
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

function after(change: readonly string[]): readonly string[] {
  const isDiff = change.every((line) => /^([-+] |[-+]?$| {2})/.test(line)) && change.some((line) => /^[-+]/.test(line));
  return isDiff ? change.filter((line) => !line.startsWith("-")).map((line) => line.slice(2)) : change;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
