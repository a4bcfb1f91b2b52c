import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkedClusterName,
  checkedClusterNames,
  deriveClusterName,
  originOf,
} from "../../../components/cluster/cluster-name";

const AT_TOP = { within: [] };

describe("the derived name of a cluster", () => {
  it("is made of project, stack and component", () => {
    assert.equal(
      deriveClusterName({ ...AT_TOP, project: "shop", stack: "prod", component: "orders" }),
      "shop_prod_orders",
    );
    assert.equal(
      deriveClusterName({ ...AT_TOP, project: "shop-eu", stack: "dev-1", component: "a-b" }),
      "shop-eu_dev-1_a-b",
    );
  });

  for (const [title, component, expected] of [
    ["characters that ECS does not take", "orders.v2", /^shop_prod_orders-v2_[0-9a-f]{8}$/],
    ["the separator, which would make it ambiguous", "orders_v2", /^shop_prod_orders_v2_[0-9a-f]{8}$/],
    ["nothing at all", "", /^shop_prod__[0-9a-f]{8}$/],
    ["more than 255 characters", "o".repeat(300), /^shop_prod_o{236}_[0-9a-f]{8}$/],
  ] as const) {
    it(`ends in a digest for a part with ${title}`, () => {
      assert.match(deriveClusterName({ ...AT_TOP, project: "shop", stack: "prod", component }), expected);
    });
  }

  it("tells components of one name apart when they stand in components of different types", () => {
    const type = "fargate-cmk:index:EncryptedFargateCluster";
    const nameOf = (types: string) => deriveClusterName(originOf(`urn:pulumi:prod::shop::${types}::orders`));
    assert.equal(nameOf(type), "shop_prod_orders");
    const names = ["acme:index:Shop", "acme:index:Store", "acme:index:Shop$acme:index:Store"].map((types) =>
      nameOf(`${types}$${type}`),
    );
    for (const name of names) assert.match(name, /^shop_prod_orders_[0-9a-f]{8}$/);
    assert.equal(new Set(names).size, names.length);
  });

  it("takes a component's whole name out of its URN", () => {
    assert.deepEqual(originOf("urn:pulumi:prod::shop::a:b:C$d:e:F::a::b"), {
      stack: "prod",
      project: "shop",
      component: "a::b",
      within: ["a:b:C"],
    });
  });

  const part = fc.oneof(
    fc.string({ maxLength: 5 }),
    fc.stringMatching(/^[a-b_.-]{0,3}$/),
    fc.string({ minLength: 120, maxLength: 130 }),
  );
  const origin = fc.record({ project: part, stack: part, component: part, within: fc.array(part, { maxLength: 2 }) });

  it("is always a name that ECS takes", () => {
    fc.assert(fc.property(origin, (one) => /^[A-Za-z0-9_-]{1,255}$/.test(deriveClusterName(one))));
  });

  it("is never the same for two origins", () => {
    fc.assert(
      fc.property(origin, origin, (one, other) => {
        const isSame = JSON.stringify(Object.values(one)) === JSON.stringify(Object.values(other));
        return (deriveClusterName(one) === deriveClusterName(other)) === isSame;
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the names that a key is for", () => {
  it("are kept in order, each once", () => {
    assert.deepEqual(checkedClusterNames("clusterNames", ["b", "a", "b"]), ["b", "a"]);
  });

  it("are names: an ARN that cannot be read is still told from a name", () => {
    assert.throws(() => checkedClusterNames("clusterNames", ["arn:aws:ecs"]), /give the name alone, not the ARN/);
  });

  for (const wrong of [undefined, null, 5, {}, ["orders"]]) {
    it(`are texts: ${JSON.stringify(wrong)} is none, though an Input may hold it`, () => {
      assert.throws(
        () => checkedClusterName("clusterName", wrong as never),
        /^ArgumentError: clusterName is .*: a cluster's name/,
      );
      assert.throws(
        () => checkedClusterNames("clusterNames", [wrong] as never),
        /^ArgumentError: clusterNames\[0\] is /,
      );
    });
  }

  for (const wrong of [undefined, null, "orders", []]) {
    it(`are a list with at least one, which ${JSON.stringify(wrong)} is not`, () => {
      assert.throws(
        () => checkedClusterNames("clusterNames", wrong as never),
        /: give a list with the name of at least one cluster/,
      );
    });
  }
});
