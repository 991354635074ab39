import { describe, expect, test } from "vitest";
import { dashed, pageIdIn } from "../../src/types/page-id.ts";

const id = "01234567-89ab-cdef-0123-456789abcdef";
const hex = "0123456789abcdef0123456789abcdef";

describe("the page that a person names", () => {
  test.each([
    ...[id, hex, hex.toUpperCase(), `${hex}#abc`, `${hex}?pvs=4`],
    `https://www.notion.so/acme/Delivery-decade-${hex}?pvs=4#fedcba9876543210fedcba9876543210`,
    `www.notion.so/acme/Delivery-${hex}#abc`,
    `https://www.notion.so/acme/Delivery-${hex}/`,
    `http://127.0.0.1:8788/pages/${id}/`,
    `https://www.notion.so/acme/${"f".repeat(32)}?v=e&p=${hex}&pm=s`,
    `https://www.notion.so/acme/${"f".repeat(32)}?p=${id}`,
  ])("is found in %s", (text) => {
    expect(pageIdIn(text)).toBe(id);
  });

  test.each(["", "nobody", hex.slice(1), `0${hex}`, `${hex}0`, "https://www.notion.so/acme", `?v=${hex}`])(
    "is not found in %j",
    (text) => {
      expect(pageIdIn(text)).toBeNull();
    },
  );
});

test("an id has one spelling, and what is none stays as it is", () => {
  expect([id, hex, hex.toUpperCase(), id.toUpperCase()].map(dashed)).toEqual([id, id, id, id]);
  expect(["", "Nobody", `${hex}0`].map(dashed)).toEqual(["", "Nobody", `${hex}0`]);
});
