// A policy pack as it is installed, JavaScript: `advised` and `demanded` dislike every box whose name is in their configuration.

const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("tiny-pack", { policies: [rule("advised", "advisory"), rule("demanded", "mandatory")] });

function rule(name, enforcementLevel) {
  return {
    name,
    description: `${name}: no such box`,
    enforcementLevel,
    configSchema: { properties: { disliked: { type: "string", default: "box-1" } } },
    validateResource: (args, reportViolation) => {
      if (args.type === "tiny:index:Box" && args.name === args.getConfig().disliked) {
        reportViolation(`${args.name} is disliked`);
      }
    },
  };
}
