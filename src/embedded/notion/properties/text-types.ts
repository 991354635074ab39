import { z } from "zod";
import { type RichTextInput, richTextSchema } from "../api/schemas.ts";
import type { RichText } from "../model.ts";
import { textFamily } from "../query/families.ts";
import { plainText, showRichText, storedRichText, textItem } from "../show/rich-text.ts";
import { plainConfig } from "./plain-config.ts";
import { documented, propertyType } from "./property-type.ts";

/** At most this many references are shown in a page or query; the property item endpoint pages through all (notion-api §3). */
export const shownReferences = 25;

const untilReference = (items: RichText, limit: number): RichText => {
  let mentions = 0;
  const end = items.findIndex((item) => item.type === "mention" && ++mentions > limit);
  return end < 0 ? items : items.slice(0, end);
};

const richTextType = (type: "title" | "rich_text") =>
  propertyType<RichText, RichTextInput, Record<string, never>>({
    source: documented,
    family: textFamily,
    config: plainConfig,
    write: {
      schema: richTextSchema,
      store: (input) => (input.length > 0 ? storedRichText(input) : undefined),
    },
    show: (value, _page, { scope }) => ({
      [type]: showRichText(untilReference(value ?? [], shownReferences), scope),
    }),
    items: (value, { scope }) => showRichText(value ?? [], scope),
    comparand: (value, _page, { scope }) => plainText(value ?? [], scope),
    text: (value, _page, { scope }) => plainText(value ?? [], scope),
    fromText: (text) => (text === "" ? undefined : [textItem(text)]),
  });

export const titleType = richTextType("title");
export const richTextPropertyType = richTextType("rich_text");

const stringType = (type: string, maxLength: number) =>
  propertyType<string, string | null, Record<string, never>>({
    source: documented,
    family: textFamily,
    config: plainConfig,
    write: {
      schema: z.string().max(maxLength).nullable(),
      store: (input) => (input === null || input === "" ? undefined : input),
    },
    show: (value) => ({ [type]: value ?? null }),
    comparand: (value) => value ?? "",
    text: (value) => value ?? "",
    fromText: (text) => (text === "" ? undefined : text),
  });

export const urlType = stringType("url", 2000);
export const emailType = stringType("email", 200);
export const phoneNumberType = stringType("phone_number", 200);
