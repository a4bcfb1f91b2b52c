// The entry of the test AWS provider: what stands in tests where `pulumi-resource-aws` 7.48 stands when a program runs against
// the embedded AWS. It is our reading of that provider, of its source and of its traffic, and not the provider itself: what
// passes here is meant to pass there, and proves nothing about its bugs.
//
// It acts through the AWS SDK on the endpoint in AWS_ENDPOINT_URL, with the official provider's calls in their order.
// Of its waits, the fixed sleeps (10 s after a change of a cluster) and the second between reads that must agree are left out;
// its polls (for a steady service, for a deletion) pass in the simulator's own time (simulated-pause.ts).
// For types whose service the simulator has no behaviour for, it keeps and echoes what it is told (kept-resource.ts).
//
// Invariants
//   the port is the only line on stdout
//   it ends when the engine that started it is gone

import { endWithParent } from "../end-with-parent";
import { startProviderServer } from "./provider-server";

startProviderServer({ environment: process.env }).then(
  ({ port, close }) => {
    endWithParent(close);
    process.stdout.write(`${port}\n`);
  },
  (error: unknown) => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
  },
);
