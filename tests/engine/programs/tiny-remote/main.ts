// Registers a component that lives in a plugin: the fifth argument says that the engine constructs it, not this process.

import { ComponentResource, type Output } from "@pulumi/pulumi";

class Greeter extends ComponentResource {
  declare readonly greeting: Output<string>;

  constructor(name: string, whom: string) {
    super("tiny-plugin:index:Greeter", name, { whom, greeting: undefined }, {}, true);
  }
}

export const greeting = new Greeter("greeter", "engine").greeting;
