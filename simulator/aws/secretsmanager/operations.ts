// The modelled operations of AWS Secrets Manager: that secrets exist and are deleted. Values are never kept, so none can be asked for.

import { type Operation, operation } from "../operation";
import { createSecret, deleteSecret, describeSecret, listSecrets, restoreSecret } from "./secrets";

export const secretsManagerOperations: Readonly<Record<string, Operation>> = {
  CreateSecret: operation(createSecret),
  DeleteSecret: operation(deleteSecret),
  DescribeSecret: operation(describeSecret),
  ListSecrets: operation(listSecrets),
  RestoreSecret: operation(restoreSecret),
};
