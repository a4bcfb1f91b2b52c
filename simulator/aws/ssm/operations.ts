// The modelled operations of Systems Manager: that parameters exist. Values are never kept, so none can be asked for.

import { type Operation, operation } from "../operation";
import { deleteParameter, describeParameters, putParameter } from "./parameters";

export const ssmOperations: Readonly<Record<string, Operation>> = {
  DeleteParameter: operation(deleteParameter),
  DescribeParameters: operation(describeParameters),
  PutParameter: operation(putParameter),
};
