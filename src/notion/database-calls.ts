import type { UpdateDataSourceParameters } from "@notionhq/client";
import { NotionError } from "../types/errors.ts";
import type { NotionCalls } from "../types/notion-gateway.ts";
import type { DatabaseTemplate } from "../types/schema.ts";
import { databaseAnswer, dataSourceAnswer, type Twin } from "./answers.ts";
import { creatableKeys, databaseRequest, propertyOf, propertyRequests } from "./schema-requests.ts";
import type { Send } from "./send.ts";

type DatabaseCalls = Pick<
  NotionCalls,
  "createDatabase" | "retrieveDatabase" | "retrieveDataSource" | "addProperties"
>;
type Properties = NonNullable<UpdateDataSourceParameters["properties"]>;

/**
 * `createDatabase` answers the schema as it was made. It leaves out relations whose target is missing in `targets` (its own database among them): add these with
 * `addProperties` once the target exists. Both may send more than one request where a dual relation is made: the answer's
 * twin names are compared with the template's, and twins that Notion named itself are renamed with one PATCH for each
 * related data source; a name that is taken there stays as it is. When they throw, the database or the properties may
 * exist already.
 */
export const databaseCalls = (send: Send): DatabaseCalls => {
  const retrieveSource = (dataSourceId: string) => {
    const request = { data_source_id: dataSourceId };
    return send("retrieveDataSource", (notion) => notion.dataSources.retrieve(request), dataSourceAnswer);
  };
  return {
    async createDatabase(parentPageId, template, targets) {
      const keys = creatableKeys(template, targets);
      const request = databaseRequest(parentPageId, template, keys, targets);
      const database = await send(
        "createDatabase",
        (notion) => notion.databases.create(request),
        databaseAnswer,
      );
      const [first] = database.dataSources;
      if (!first)
        throw new NotionError("notion_refused", `database ${database.databaseId} without a data source`);
      const { live, twins } = await retrieveSource(first.id);
      await nameTwins(send, template, keys, twins);
      return { ...database, source: live };
    },
    retrieveDatabase(databaseId) {
      const request = { database_id: databaseId };
      return send("retrieveDatabase", (notion) => notion.databases.retrieve(request), databaseAnswer);
    },
    retrieveDataSource: async (dataSourceId) => (await retrieveSource(dataSourceId)).live,
    async addProperties(dataSourceId, template, keys, targets) {
      // The SDK's type of an update lacks kinds of property that no template has either.
      const properties = propertyRequests(template, keys, targets) as Properties;
      const request = { data_source_id: dataSourceId, properties };
      const source = await send(
        "addProperties",
        (notion) => notion.dataSources.update(request),
        dataSourceAnswer,
      );
      await nameTwins(send, template, keys, source.twins);
      return source.live;
    },
  };
};

const nameTwins = async (
  send: Send,
  template: DatabaseTemplate,
  keys: readonly string[],
  twins: readonly Twin[],
): Promise<void> => {
  const renames = keys.flatMap((key) => renamesOf(template, key, twins));
  for (const [dataSourceId, group] of Map.groupBy(renames, (rename) => rename.dataSourceId)) {
    const properties = Object.fromEntries(group.map(({ propertyId, name }) => [propertyId, { name }]));
    const request = { data_source_id: dataSourceId, properties };
    try {
      await send("nameTwins", (notion) => notion.dataSources.update(request), dataSourceAnswer);
    } catch (error) {
      // Refused where the team has a column of that name. The twin is only for the eye (design §5) and the refusal is logged.
      if (!(error instanceof NotionError) || error.code !== "notion_refused") throw error;
    }
  }
};

/** The twins of a property that Notion did not name as the template does, with the name they should have. */
const renamesOf = (template: DatabaseTemplate, key: string, twins: readonly Twin[]): Twin[] => {
  const property = propertyOf(template, key);
  if (property.type !== "relation") return [];
  return twins
    .filter((twin) => twin.property === property.name && twin.name !== property.twin)
    .map((twin) => ({ ...twin, name: property.twin }));
};
