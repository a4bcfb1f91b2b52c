// Identifiers as AWS writes them, drawn from the world's seed.
// Invariant: the forms follow samples in AWS's documentation; nothing may rely on their order.

import type { Random } from "./random";

const HEX = "0123456789abcdef";
const DIGITS = "0123456789";
const MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export class Identifiers {
  constructor(private readonly random: Random) {}

  /** As DescribeServiceDeployments shows a pause hook. */
  pauseHookId(): string {
    return `ecs-pause-${this.random.text(MIXED, 43)}`;
  }

  /** Of a Lambda hook, in the form of the execution id that its function gets (its form here is inferred). */
  hookExecutionId(): string {
    return this.keyId();
  }

  taskId(): string {
    return this.random.text(HEX, 32);
  }

  /** `ecs-svc/…` for deployments and task sets: also the `startedBy` of their tasks. */
  deploymentId(): string {
    return `ecs-svc/${this.digits(19)}`;
  }

  serviceDeploymentId(): string {
    return this.random.text(MIXED, 21);
  }

  revisionId(): string {
    return this.digits(19);
  }

  keyId(): string {
    const part = (length: number): string => this.random.text(HEX, length);
    return `${part(8)}-${part(4)}-4${part(3)}-a${part(3)}-${part(12)}`;
  }

  grantId(): string {
    return this.random.text(HEX, 64);
  }

  volumeId(): string {
    return `vol-${this.random.text(HEX, 17)}`;
  }

  eventId(): string {
    return this.keyId();
  }

  scalableTargetId(): string {
    return this.random.text(HEX, 32);
  }

  /** What Secrets Manager adds to the name of a secret. */
  secretSuffix(): string {
    return this.random.text(MIXED, 6);
  }

  imageDigest(): string {
    return `sha256:${this.random.text(HEX, 64)}`;
  }

  private digits(length: number): string {
    return this.random.text(DIGITS.slice(1), 1) + this.random.text(DIGITS, length - 1);
  }
}
