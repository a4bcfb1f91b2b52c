// Reads standard input: a whole document, or a person's yes.
// Invariant: anything but a written "yes" or "y" is a no, the end of input too.

import { createInterface } from "node:readline";

export async function standardInputText(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

export interface Conversation {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly question: string;
}

export function confirmed({ input, output, question }: Conversation): Promise<boolean> {
  const dialogue = createInterface({ input, output });
  return new Promise((resolve) => {
    dialogue.once("close", () => resolve(false));
    dialogue.question(`${question} [y/N] `, (answer) => {
      resolve(/^\s*y(es)?\s*$/i.test(answer));
      dialogue.close();
    });
  });
}
