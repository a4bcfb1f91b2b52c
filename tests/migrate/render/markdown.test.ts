import assert from "node:assert/strict";
import { code, page, plain, table, withCommand } from "../../../migrate/render/markdown";

describe("markdown", () => {
  it("escapes what would become a link, an image, HTML or a new cell", () => {
    assert.equal(plain("![x](y) <b> a|b"), "\\!\\[x\\](y) \\<b\\> a\\|b");
  });

  it("keeps code in monospace, whatever it holds", () => {
    assert.equal(code("arn:aws:x"), "`arn:aws:x`");
    assert.equal(code("a`b|c"), "`` a`b\\|c ``");
  });

  it("sets the command at the end of a remedy apart", () => {
    assert.equal(withCommand("wait: aws ecs x --y"), "wait: `aws ecs x --y`");
    assert.equal(withCommand("scan again"), "scan again");
  });

  it("says None. for a table without rows", () => {
    assert.deepEqual(table(["A"], []), ["None."]);
  });

  it("makes no two empty lines in a row", () => {
    assert.equal(page(["# A", "", "", "b", "", ""]), "# A\n\nb\n");
  });
});
