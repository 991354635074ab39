import type { StoredLink } from "../store/links.ts";
import { dashed } from "../types/page-id.ts";

/** What a token says once its signature is known to be ours: the stored link it names and what that link has to be about. */
export type ReadToken = { readonly linkId: string; readonly expiresAt: number; readonly terms: string };

const version = "v1";
const encoder = new TextEncoder();
const pattern = /^v1\.([\w-]{8})\.([\w-]{22})\.([0-9a-z]{1,11})\.([\w-]{22})\.([\w-]{43})$/;

/**
 * The token of a stored link: `v1.<key>.<link id>.<expiry>.<terms>.<signature>`, the same on every call, so that every
 * attempt of a letter sends the same bytes. The signature (HMAC-SHA256) covers all of it; `terms` is a digest of purpose,
 * page, contact and the exact content (reliability §4). The link's own key signs, the first one where it has none yet; null
 * where that is not among the secrets any more.
 */
export const signLink = async (secrets: readonly string[], link: StoredLink): Promise<string | null> => {
  const kid = link.keyId ?? (await firstKey(secrets));
  const secret = await secretOf(secrets, kid);
  if (secret === null) return null;
  const expiry = link.expiresAt.toString(36);
  const text = [version, kid, idBytes(link.linkId), expiry, await termsOf(link)].join(".");
  const key = await hmacKey(secret, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, encoder.encode(text));
  return `${text}.${base64url(new Uint8Array(signature))}`;
};

/** The id of the key that signs new links. */
export const firstKey = async ([secret]: readonly string[]): Promise<string> => {
  if (secret === undefined) throw new RangeError("no link secret");
  return keyId(secret);
};

const secretOf = async (secrets: readonly string[], kid: string): Promise<string | null> => {
  for (const secret of secrets) if ((await keyId(secret)) === kid) return secret;
  return null;
};

/** Reads a token, under one of two secrets while one is being replaced; null for anything that was not signed here. Asks no store. */
export const readToken = async (secrets: readonly string[], token: string): Promise<ReadToken | null> => {
  const [, kid = "", id = "", expiry = "", terms = "", signature = ""] = pattern.exec(token) ?? [];
  const secret = await secretOf(secrets, kid);
  const sent = fromBase64url(signature);
  if (secret === null || sent === null) return null;
  const key = await hmacKey(secret, ["verify"]);
  const text = encoder.encode(token.slice(0, token.lastIndexOf(".")));
  if (!(await crypto.subtle.verify("HMAC", key, sent, text))) return null;
  const linkId = idText(id);
  return linkId === null ? null : { linkId, expiresAt: Number.parseInt(expiry, 36), terms };
};

/** The digest of what a link is about; a token whose terms differ from the stored link's is not that link's. */
export const termsOf = async (link: StoredLink): Promise<string> => {
  const text = JSON.stringify([link.purpose, link.pageId, link.contactId, link.projectId, link.covers]);
  return base64url((await sha256(text)).slice(0, 16));
};

const keyId = async (secret: string): Promise<string> =>
  base64url((await sha256(`key ${secret}`)).slice(0, 6));

const sha256 = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));

const hmacKey = (secret: string, usages: ["sign"] | ["verify"]): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, usages);

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** Null unless it is the one spelling of its bytes: spare bits that are not zero would make a second token of one. */
const fromBase64url = (text: string): Uint8Array<ArrayBuffer> | null => {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  return base64url(bytes) === text ? bytes : null;
};

const idBytes = (id: string): string =>
  base64url(Uint8Array.from(id.replaceAll("-", "").match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));

const idText = (text: string): string | null => {
  const bytes = fromBase64url(text);
  if (bytes === null) return null;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return dashed(hex);
};
