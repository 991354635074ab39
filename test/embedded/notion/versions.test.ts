import { describe, expect, it } from "vitest";
import { createDatabase, createRow, type Loose, openWorkspace, text } from "./open-workspace.ts";

const openOld = async () => {
  const opened = openWorkspace();
  const { bot, workspace } = opened;
  const ids = await createDatabase(bot, workspace.rootPageId, "Tasks", { Points: { number: {} } });
  await createRow(bot, ids.dataSourceId, { Points: { number: 3 } });
  const call = async (method: string, path: string, body?: object): Promise<Loose> => {
    const response = await workspace.fetch(`http://workspace/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${workspace.tokens.bot}`, "notion-version": "2022-06-28" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return (await response.json()) as Loose;
  };
  return { ...opened, ...ids, call };
};

describe("version 2022-06-28", () => {
  it("knows a database as its own data source", async () => {
    const { call, databaseId } = await openOld();
    const database = await call("GET", `/databases/${databaseId}`);
    expect(Object.keys(database.properties)).toEqual(["Name", "Points"]);
    expect(database).not.toHaveProperty("data_sources");
    const { results } = await call("POST", `/databases/${databaseId}/query`, {
      filter: { property: "Points", number: { equals: 3 } },
    });
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      archived: false,
      parent: { type: "database_id", database_id: databaseId },
    });
    const row = await call("POST", "/pages", { parent: { database_id: databaseId }, properties: {} });
    expect(row.parent).toEqual({ type: "database_id", database_id: databaseId });
    const made = await call("POST", "/databases", {
      parent: { page_id: (await call("GET", `/pages/${row.id}`)).id },
      title: text("Old"),
      properties: { Title: { title: {} } },
    });
    expect(Object.keys(made.properties)).toEqual(["Title"]);
  });

  it("fails on every call once a person adds a second data source", async () => {
    const { call, databaseId, dataSourceId, workspace } = await openOld();
    const second = workspace.control.addDataSource(databaseId, "Archive", {});
    const refused = {
      status: 400,
      code: "validation_error",
      message: "Databases with multiple data sources are not supported in this API version.",
      additional_data: {
        error_type: "multiple_data_sources_for_database",
        database_id: databaseId,
        child_data_source_ids: [dataSourceId, second],
        minimum_api_version: "2025-09-03",
      },
    };
    expect(await call("GET", `/databases/${databaseId}`)).toMatchObject(refused);
    expect(await call("PATCH", `/databases/${databaseId}`, { title: text("x") })).toMatchObject(refused);
    expect(await call("POST", `/databases/${databaseId}/query`, {})).toMatchObject(refused);
    const row = { parent: { database_id: databaseId }, properties: {} };
    expect(await call("POST", "/pages", row)).toMatchObject(refused);
  });

  it("has no data sources and no views, and later versions no query of a database", async () => {
    const { call, databaseId, dataSourceId, bot } = await openOld();
    const unknown = { status: 400, code: "invalid_request_url" };
    expect(await call("GET", `/data_sources/${dataSourceId}`)).toMatchObject(unknown);
    expect(await call("GET", `/views?database_id=${databaseId}`)).toMatchObject(unknown);
    const query = bot.request({ path: `databases/${databaseId}/query`, method: "post" });
    await expect(query).rejects.toMatchObject(unknown);
  });
});
