// The only way anything is printed. The code and the data are contract; the text is not.

import type { MessageCode, MessageData } from "../messages";

export interface Output {
  emit<C extends MessageCode>(code: C, data: MessageData<C>): void;
}
