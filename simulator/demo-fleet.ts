// The fleet of `fargate-cmk demo`: about forty services in three clusters, as mixed as a real account, before its migration.
// The keys are attached to the clusters, two of which share one; most services were deployed before that and run without.
// Invariant: the seed varies task counts, sizes and ages; which services there are, and what is odd about each, never changes.

import type { Fleet } from "../domain/fleet";
import { hexOf } from "./fleet/fleet-ids";
import { aFleet, type FleetBuilder, type ServiceOptions } from "./fleet-builder";

export interface DemoFleetOptions {
  /** A whole number; the same seed gives the same fleet. */
  readonly seed: number;
  /** The instant of the scan, ISO 8601; default 2026-06-01T08:00:00.000Z. */
  readonly at?: string;
}

export function demoFleet({ seed, at }: DemoFleetOptions): Fleet {
  const empty = aFleet(at === undefined ? {} : { at })
    .key("payments", { clusters: ["pay"] })
    .key("platform", { clusters: ["ops", "web"] });
  return [payments, operations, website].reduce((fleet, add) => add(fleet, seed), empty).build();
}

/** The money: careful percents, load balancers, everything in production. */
function payments(fleet: FleetBuilder, seed: number): FleetBuilder {
  const start = fleet.cluster("pay", { key: "payments", tags: { owner: "payments" } });
  const size = sizes("pay", seed);
  return (
    start
      .service("checkout", size("checkout", 6))
      .behindLoadBalancer()
      .breaker(true)
      .tagged(prod("payments"))
      .service("ledger", size("ledger", 4))
      .breaker(true)
      .tagged(prod("payments"))
      .service("refunds", size("refunds", 3))
      .breaker(true)
      .tagged(prod("payments"))
      .service("card-vault", size("card-vault", 4))
      .behindLoadBalancer()
      .breaker(true)
      .keyed()
      .tagged(prod("vault"))
      // New versions of it exit at once; the breaker is there to bring the old one back.
      .service("fraud-scoring", size("fraud-scoring", 4))
      .breaker(true)
      .failing("exits")
      .tagged(prod("risk"))
      // One task that may neither stop first nor start beside itself.
      .service("settlement", { desired: 1 })
      .percents(100, 100)
      .tagged(prod("payments"))
      .service("payment-gateway", size("payment-gateway", 4))
      .codeDeploy()
      .tagged(prod("payments"))
      .service("fx-rates", size("fx-rates", 2))
      .inFlight()
      .breaker(true)
      .tagged(prod("treasury"))
      .service("statements", size("statements", 2))
      .breaker(true)
      .tagged(staging("ledger"))
      .service("chargebacks", size("chargebacks", 2))
      .tagged(staging("risk"))
      .service("wallet", size("wallet", 5))
      .behindLoadBalancer()
      .breaker(true)
      .tagged(prod("payments"))
      .service("invoice-pdf", size("invoice-pdf", 3))
      .spot()
      .tagged(prod("ledger"))
      .service("sandbox", size("sandbox", 1))
      .tagged(dev("payments"))
  );
}

/** The inner life of the company: old things, odd things, things nobody owns. */
function operations(fleet: FleetBuilder, seed: number): FleetBuilder {
  const start = fleet.cluster("ops", { key: "platform", tags: { owner: "platform" } });
  const size = sizes("ops", seed);
  return (
    start
      .service("mailer", size("mailer", 3))
      .breaker(true)
      .tagged(prod("platform"))
      // Pinned years ago: running, and unable to start anew.
      .service("fax-bridge", { desired: 2, ageHours: 9_000 })
      .pinned("1.3.0")
      .tagged(prod("unknown"))
      .service("payroll-export", { desired: 2 })
      .windows()
      .tagged(prod("people"))
      .service("build-agents", size("build-agents", 4))
      .ec2()
      .tagged(dev("platform"))
      .service("report-writer", size("report-writer", 2))
      .oldArnFormat()
      .tagged(staging("finance"))
      .service("year-end", { desired: 0 })
      .tagged(prod("finance"))
      .service("log-shipper", size("log-shipper", 3))
      .capacityProvider(
        { capacityProvider: "FARGATE", base: 1, weight: 1 },
        { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
      )
      .tagged(prod("platform"))
      .service("cron-runner", size("cron-runner", 1))
      .keyed()
      .tagged(prod("platform"))
      .service("release-train", size("release-train", 2))
      .external()
      .tagged(staging("platform"))
      .service("directory-sync", size("directory-sync", 2))
      .percents(0, 100)
      .tagged(prod("people"))
      .service("audit-trail", size("audit-trail", 3))
      .breaker(true)
      .pinned("1.4.0")
      .tagged(prod("security"))
      .service("ticket-bot", size("ticket-bot", 1))
      .tagged(dev("platform"))
      .standaloneTask("nightly-backup")
  );
}

/** What customers see: many alike, behind load balancers. */
function website(fleet: FleetBuilder, seed: number): FleetBuilder {
  const start = fleet.cluster("web", { key: "platform", tags: { owner: "storefront" } });
  const size = sizes("web", seed);
  const alike = ["storefront", "search", "catalog", "basket", "profile", "reviews"].reduce(
    (so, name) => so.service(name, size(name, 4)).behindLoadBalancer().breaker(true).tagged(prod("storefront")),
    start,
  );
  return ["recommendations", "image-resizer", "sitemap"]
    .reduce((so, name) => so.service(name, size(name, 3)).spot().tagged(dev("growth")), alike)
    .service("storefront-staging", size("storefront-staging", 2))
    .tagged(staging("storefront"))
    .service("search-staging", size("search-staging", 1))
    .keyed()
    .tagged(staging("storefront"))
    .service("preview", size("preview", 1))
    .tagged(dev("storefront"))
    .service("ab-testing", size("ab-testing", 2))
    .tagged(dev("growth"))
    .service("feature-flags", size("feature-flags", 2))
    .breaker(true)
    .tagged(staging("platform"))
    .service("edge-auth", size("edge-auth", 4))
    .behindLoadBalancer()
    .breaker(true, { rollback: false })
    .tagged(prod("security"));
}

const tagsOf = (tier: string) => (owner: string) => ({ tier, owner });
const prod = tagsOf("prod");
const staging = tagsOf("staging");
const dev = tagsOf("dev");

/** Sizes near a usual one: up to two tasks more, one of three task sizes, deployed within the last months. */
function sizes(cluster: string, seed: number): (name: string, usual: number) => ServiceOptions {
  return (name, usual) => {
    const draw = Number.parseInt(hexOf(`demo ${seed} ${cluster}/${name}`, 8), 16);
    const [cpuUnits, memoryMib] = TASK_SIZES[(draw >>> 4) % TASK_SIZES.length] ?? [256, 512];
    return { desired: usual + (draw % 3), cpuUnits, memoryMib, ageHours: 24 + ((draw >>> 8) % 1_500) };
  };
}

const TASK_SIZES: readonly (readonly [cpuUnits: number, memoryMib: number])[] = [
  [256, 512],
  [512, 1024],
  [1024, 2048],
];
