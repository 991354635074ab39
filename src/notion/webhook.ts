import { verifyWebhookSignature } from "@notionhq/client";
import type { VerifyWebhook } from "../ports.ts";

/** Notion's signature check over the exact bytes; several tokens while one is being rotated (reliability W6). */
export const verifyNotionWebhook: VerifyWebhook = async (body, signature, tokens) => {
  for (const verificationToken of tokens) {
    if (await verifyWebhookSignature({ body, signature, verificationToken })) return true;
  }
  return false;
};
