import type { Workspace } from "../notion/workspace.ts";

type Json = Record<string, unknown>;

/** Asks the workspace's ordinary API as the named person. */
export type PersonApi = (person: string, method: string, path: string, body?: Json) => Promise<Json>;

/** Throws where the workspace refuses a request: the sample does not fit its databases. */
export const createPersonApi =
  ({ fetch, tokens }: Workspace): PersonApi =>
  async (person, method, path, body) => {
    const response = await fetch(`http://workspace/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens.people[person]}`,
        "notion-version": "2026-03-11",
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Json;
    if (!response.ok) throw new Error(`the sample: ${method} ${path} answered ${String(answer.message)}`);
    return answer;
  };

/** A database as a person finds it: where its rows are, and the type of each property by name. */
export type Table = { readonly id: string; readonly types: ReadonlyMap<string, string> };

type Listed = { id: string; title: { plain_text: string }[]; properties: Record<string, { type: string }> };

/** The databases by title. */
export const findTables = async (api: PersonApi, person: string): Promise<ReadonlyMap<string, Table>> => {
  const filter = { property: "object", value: "data_source" };
  const { results } = await api(person, "POST", "search", { filter, page_size: 100 });
  return new Map(
    (results as Listed[]).map(({ id, title, properties }) => [
      title.map((part) => part.plain_text).join(""),
      { id, types: new Map(Object.entries(properties).map(([name, { type }]) => [name, type])) },
    ]),
  );
};

type Row = { id: string; properties: Record<string, { title?: { plain_text: string }[] }> };

/** The first rows of a database with their titles. */
export const listRows = async (
  api: PersonApi,
  person: string,
  table: Table,
): Promise<readonly { id: string; title: string }[]> => {
  const { results } = await api(person, "POST", `data_sources/${table.id}/query`, {
    page_size: 10,
    sorts: [{ timestamp: "created_time", direction: "ascending" }],
  });
  return (results as Row[]).map(({ id, properties }) => ({
    id,
    title: Object.values(properties)
      .flatMap(({ title }) => title ?? [])
      .map((part) => part.plain_text)
      .join(""),
  }));
};
