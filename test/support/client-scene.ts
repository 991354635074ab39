import type { Client } from "@notionhq/client";
import PostalMime from "postal-mime";
import { addRow, type Cells, cellsOf, type DataSources } from "./rows.ts";
import { publicUrl } from "./world.ts";

export const sender = "Fernhill <letters@agency.example>";

/** What a mail program shows of a mail. */
export type ReadMail = {
  readonly messageId: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

export const readMail = async (raw: string | Uint8Array): Promise<ReadMail> => {
  const mail = await PostalMime.parse(raw);
  return {
    messageId: mail.messageId ?? "",
    to: (mail.to ?? []).flatMap(({ address }) => address ?? []),
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html ?? "",
  };
};

/** The path of the client's page that a mail links to. */
export const linkPathIn = ({ text }: ReadMail): string => {
  const path = /\/l\/[\w.-]+/.exec(text)?.[0];
  if (path === undefined) throw new Error(`no link in: ${text}`);
  return path;
};

/** The milestone of every scene: shown to the client, with something to sign off. */
export const coreBuild: Cells = {
  ...{ Name: "Core build", Kind: "Plan milestone", "Client visible": "yes", Status: "In review" },
  ...{ Deliverable: "A working bot", "What works now": "It scores leads", Demo: "https://demo.example/core" },
  "Sign-off": "To request",
};

export const cleo: Cells = { Name: "Cleo Marsh", Email: "cleo@acme.example" };

/** A project with its contact, by one person. */
export const addClientProject = async (
  client: Client,
  sources: DataSources,
  cells: Cells,
  contact: Cells = cleo,
): Promise<{ readonly project: string; readonly contact: string }> => {
  const contactId = await addRow(client, sources, "contacts", contact);
  const project = await addRow(client, sources, "projects", {
    ...{ Name: "Lead bot", Contacts: contactId },
    ...cells,
  });
  return { project, contact: contactId };
};

export type UpdateRow = { readonly id: string; readonly cells: Readonly<Record<string, string>> };

/** The rows of Updates as a person reads them, oldest first. */
export const updateRows = async (client: Client, { updates }: DataSources): Promise<UpdateRow[]> => {
  const { results } = await client.dataSources.query({
    data_source_id: updates,
    sorts: [{ timestamp: "created_time", direction: "ascending" }],
  });
  return Promise.all(results.map(async ({ id }) => ({ id, cells: await cellsOf(client, id) })));
};

/** What a client's browser sends from a page of `origin`. */
export const formOf = (
  fields: Readonly<Record<string, string>>,
  origin: string = publicUrl,
): RequestInit => ({
  method: "POST",
  redirect: "manual",
  headers: { "content-type": "application/x-www-form-urlencoded", origin },
  body: new URLSearchParams(fields).toString(),
});
