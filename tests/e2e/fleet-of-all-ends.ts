// A small account in which a run meets every end: proved, failed, not planned for one reason or another.

import { aFleet } from "../../simulator/fleet-builder";

export const FLEET_OF_ALL_ENDS = aFleet()
  .key("pay-key", { clusters: ["pay", "web"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 3 })
  .breaker(true)
  .service("ledger", { desired: 2 })
  .service("fraud", { desired: 2 })
  .breaker(true)
  .failing("exits")
  .service("vault")
  .keyed()
  .service("gateway")
  .codeDeploy()
  .service("fax")
  .pinned("1.3.0")
  .service("year-end", { desired: 0 })
  .cluster("web", { key: "pay-key" })
  .service("shop", { desired: 4 })
  .behindLoadBalancer()
  .service("settlement", { desired: 1 })
  .percents(100, 100)
  .build();
