// A compiled pack with one policy that does nothing: what every pack costs that loads Pulumi's own library as it is.

const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("bench-empty-pack", {
  policies: [
    {
      name: "nothing",
      description: "Finds nothing.",
      enforcementLevel: "advisory",
      validateResource: () => undefined,
      validateStack: () => undefined,
    },
  ],
});
