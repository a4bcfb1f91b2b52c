// An AWS whose clock differs from this machine's: it refuses signatures that are more than five minutes off, as the services with
// JSON protocols do, and tells its time in the Date header.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface SkewedAws {
  readonly endpoint: string;
  /** Operations that were acted on. */
  readonly acted: readonly string[];
  readonly refused: readonly string[];
  close(): Promise<void>;
}

export interface SkewedAwsOptions {
  /** AWS's time less this machine's. */
  readonly aheadMs: () => number;
  /** What its Date header shows; its own time unless told. */
  readonly toldAheadMs?: () => number;
  /** The code of its refusals. */
  readonly code?: string;
}

const OFF_MS_MAX = 5 * 60_000;

export async function startSkewedAws({ aheadMs, toldAheadMs = aheadMs, code }: SkewedAwsOptions): Promise<SkewedAws> {
  const acted: string[] = [];
  const refused: string[] = [];
  const server = createServer((incoming, response) => {
    incoming.resume();
    const operation = String(incoming.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const signedAt = String(incoming.headers["x-amz-date"]);
    const awsNowMs = Date.now() + aheadMs();
    const isOff = Math.abs(awsNowMs - instantOf(signedAt)) > OFF_MS_MAX;
    (isOff ? refused : acted).push(operation);
    response.setHeader("date", new Date(Date.now() + toldAheadMs()).toUTCString());
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.statusCode = isOff ? 400 : 200;
    const message =
      code === undefined ? `Signature expired: ${signedAt} is now earlier than AWS's time - 5 min.` : "no";
    const refusal = { __type: code ?? "InvalidSignatureException", message };
    response.end(JSON.stringify(isOff ? refusal : { clusterArns: [], service: SERVICE }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    acted,
    refused,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const SERVICE = { serviceArn: "arn:aws:ecs:eu-west-1:111122223333:service/pay/api", serviceName: "api" };

function instantOf(basic: string): number {
  return Date.parse(basic.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
