// A component that other programs reach through the engine.

import { ComponentResource, type ComponentResourceOptions, type Input, type Output, output } from "@pulumi/pulumi";

export interface GreeterArgs {
  readonly whom: Input<string>;
}

export class Greeter extends ComponentResource {
  /** What the greeter says. */
  readonly greeting: Output<string>;

  constructor(name: string, args: GreeterArgs, opts?: ComponentResourceOptions) {
    super("tiny-plugin:index:Greeter", name, args, opts);
    this.greeting = output(args.whom).apply((whom) => `hello ${whom}`);
    this.registerOutputs({ greeting: this.greeting });
  }
}
