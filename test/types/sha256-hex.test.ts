import { expect, test } from "vitest";
import { sha256Hex } from "../../src/types/sha256-hex.ts";

/** FIPS 180-4, Appendix B.1. */
test("a digest has 64 digits, zeros among them", async () => {
  expect(await sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
