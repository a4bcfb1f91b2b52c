// A program without AWS: a component of its own, configuration and a secret, handed on as outputs.

import { ComponentResource, Config } from "@pulumi/pulumi";

class Box extends ComponentResource {
  constructor(name: string) {
    super("tiny:index:Box", name, {});
    this.registerOutputs({});
  }
}

const config = new Config();
for (let number = 1; number <= (config.getNumber("boxes") ?? 1); number++) new Box(`box-${number}`);

export const greeting = config.get("greeting") ?? "none";
export const hidden = config.getSecret("hidden");
export const region = new Config("aws").get("region");
