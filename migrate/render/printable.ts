// Names, tags and reasons come from AWS accounts: whoever may write them must not steer the reader's terminal or page.

/** The text with control and formatting characters (escape sequences, line breaks, direction marks) as single spaces. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
}
