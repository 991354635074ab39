import { expect, test } from "vitest";
import { firstKey, readToken, signLink as sign, termsOf } from "../../src/links/sign.ts";
import type { StoredLink } from "../../src/store/links.ts";

const secret = "a secret of thirty-two bytes or so";
const other = "another secret of thirty-two bytes";
const link: StoredLink = {
  linkId: "0b9f9f7c-5a2b-4f0e-8a56-0f1f6c1b7d11",
  purpose: "sign-off",
  pageId: "11111111-2222-4333-8444-555555555555",
  contactId: "21111111-2222-4333-8444-555555555555",
  projectId: "31111111-2222-4333-8444-555555555555",
  covers: '[["deliverable","A bot"]]',
  expiresAt: Date.UTC(2026, 11, 1),
  revokedAt: null,
  keyId: null,
};

const signLink = async (...given: Parameters<typeof sign>): Promise<string> => (await sign(...given)) ?? "";

test("a link's token is the same on every attempt and names the link it was made for", async () => {
  const token = await signLink([secret], link);
  expect(await signLink([secret], link)).toBe(token);
  expect(await readToken([secret], token)).toEqual({
    linkId: link.linkId,
    expiresAt: link.expiresAt,
    terms: await termsOf(link),
  });
});

test("a token with any one character changed, added or left out is nobody's", async () => {
  const token = await signLink([secret], link);
  const spoiled = [...token].flatMap((character, index) => [
    token.slice(0, index) + (character === "A" ? "B" : "A") + token.slice(index + 1),
    token.slice(0, index) + token.slice(index + 1),
    `${token.slice(0, index)}.${token.slice(index)}`,
  ]);
  const variants = [
    "",
    ".",
    `${token}=`,
    `${token}.x`,
    ` ${token}`,
    token.toUpperCase(),
    token.replace("v1", "v2"),
    "%00",
  ];
  for (const text of [...spoiled, ...variants].filter((one) => one !== token)) {
    expect(await readToken([secret], text), text).toBeNull();
  }
});

test("F53: while a secret is replaced links of both are good, afterwards only those of the new one", async () => {
  const old = await signLink([secret], link);
  const fresh = await signLink([other, secret], link);
  expect(await readToken([other, secret], old)).not.toBeNull();
  expect(await readToken([other, secret], fresh)).not.toBeNull();
  expect(await readToken([other], old)).toBeNull();
});

test("a link that is about something else has other terms", async () => {
  const terms = await termsOf(link);
  for (const changed of [
    { covers: "" },
    { pageId: link.contactId },
    { contactId: link.pageId },
    { projectId: "" },
  ]) {
    expect(await termsOf({ ...link, ...changed })).not.toBe(terms);
  }
});

test("F53: a link that was signed before the secret was replaced keeps its token until the old secret is gone", async () => {
  const kept = { ...link, keyId: await firstKey([secret]) };
  const before = await signLink([secret], kept);
  expect(await signLink([other, secret], kept)).toBe(before);
  expect(await signLink([other, secret], link)).not.toBe(before);
  expect(await sign([other], kept)).toBeNull();
});
