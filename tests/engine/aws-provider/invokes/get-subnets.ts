// aws:ec2/getSubnets: DescribeSubnets with the program's filters; the simulator refuses filters it has no behaviour for.

import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { calling } from "../call-error";
import { mapsOf, textMapOf, textOf, textsOf } from "../state-values";
import type { Invoke } from "./invoke";

export const getSubnets: Invoke = async (args, { clients, region }) => {
  const named = mapsOf(args.filters).map(({ name, values }) => ({ Name: textOf(name) ?? "", Values: textsOf(values) }));
  const tagged = Object.entries(textMapOf(args.tags)).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
  const filters = [...named, ...tagged];
  const where = textOf(args.region) ?? region;
  const input = filters.length === 0 ? {} : { Filters: filters };
  const asked = clients.in(where).ec2.send(new DescribeSubnetsCommand(input));
  const { Subnets = [] } = await calling("reading EC2 Subnets", "EC2: DescribeSubnets", asked);
  return { ...args, id: where, ids: Subnets.map(({ SubnetId }) => SubnetId ?? "") };
};
