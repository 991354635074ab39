import { z } from "zod";
import type {
  ChildObservation,
  CommentObservation,
  LiveDatabase,
  LiveDataSource,
  LiveProperty,
  PageObservation,
  RowPage,
} from "../types/notion.ts";
import { propertyAnswer, readProperty } from "./codec.ts";
import { linksIn, plainText, richTextAnswer } from "./rich-text.ts";

/** What Notion answers, parsed where it enters. Unknown fields are ignored: Notion adds some without a new version. */
const withId = z.object({ id: z.string() });
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export const selfAnswer = z.object({
  id: z.string(),
  bot: z.object({ workspace_id: z.string().optional() }).optional(),
});

export const pageAnswer = z
  .object({
    id: z.string(),
    parent: z.object({ data_source_id: z.string().optional() }),
    created_time: time,
    last_edited_time: time,
    created_by: withId,
    last_edited_by: withId,
    in_trash: z.boolean(),
    url: z.string(),
    properties: z.record(z.string(), propertyAnswer),
  })
  .transform(
    (page): PageObservation => ({
      pageId: page.id,
      dataSourceId: page.parent.data_source_id ?? null,
      createdTime: page.created_time,
      lastEditedTime: page.last_edited_time,
      createdBy: page.created_by.id,
      lastEditedBy: page.last_edited_by.id,
      inTrash: page.in_trash,
      url: page.url,
      properties: Object.fromEntries(
        Object.values(page.properties).map((property) => [property.id, readProperty(property)]),
      ),
    }),
  );

export const markdownAnswer = z.object({ markdown: z.string(), truncated: z.boolean() });

const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ results: z.array(item), next_cursor: z.string().nullable() });

export const rowsAnswer = listOf(pageAnswer)
  .extend({ request_status: z.object({ type: z.string() }).optional() })
  .transform(
    (list): RowPage => ({
      rows: list.results,
      cursor: list.next_cursor,
      capped: list.request_status?.type === "incomplete",
    }),
  );

const propertyItem = z
  .union([z.object({ relation: withId }), z.object({ people: withId })])
  .transform((item) => ("relation" in item ? item.relation.id : item.people.id));

export const propertyItemsAnswer = listOf(propertyItem).transform((list) => ({
  ids: list.results,
  cursor: list.next_cursor,
}));

export const commentAnswer = z
  .object({
    id: z.string(),
    discussion_id: z.string(),
    created_time: time,
    created_by: withId,
    rich_text: richTextAnswer,
  })
  .transform(
    (comment): CommentObservation => ({
      commentId: comment.id,
      discussionId: comment.discussion_id,
      createdTime: comment.created_time,
      createdBy: comment.created_by.id,
      links: linksIn(comment.rich_text),
      text: plainText(comment.rich_text),
    }),
  );

export const commentsAnswer = listOf(commentAnswer).transform((list) => ({
  comments: list.results,
  cursor: list.next_cursor,
}));

const titled = z.object({ title: z.string() });
const child = z
  .object({ id: z.string(), child_page: titled.optional(), child_database: titled.optional() })
  .transform((block): ChildObservation => {
    if (block.child_page) return { blockId: block.id, kind: "page", title: block.child_page.title };
    if (block.child_database)
      return { blockId: block.id, kind: "database", title: block.child_database.title };
    return { blockId: block.id, kind: "other", title: "" };
  });

export const childrenAnswer = listOf(child).transform((list) => ({
  children: list.results,
  cursor: list.next_cursor,
}));

export const databaseAnswer = z
  .object({
    id: z.string(),
    title: richTextAnswer,
    description: richTextAnswer,
    in_trash: z.boolean(),
    data_sources: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .transform(
    (database): LiveDatabase => ({
      databaseId: database.id,
      title: plainText(database.title),
      description: plainText(database.description),
      inTrash: database.in_trash,
      dataSources: database.data_sources,
    }),
  );

const options = z.object({ options: z.array(z.object({ id: z.string(), name: z.string() })) });

const relationConfig = z.object({
  data_source_id: z.string(),
  dual_property: z.object({ synced_property_id: z.string(), synced_property_name: z.string() }).optional(),
});

/** The other side of a dual relation: where it is and how it is called now. */
export type Twin = {
  readonly property: string;
  readonly dataSourceId: string;
  readonly propertyId: string;
  readonly name: string;
};

const schemaProperty = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  select: options.optional(),
  multi_select: options.optional(),
  status: options.optional(),
  relation: relationConfig.optional(),
});
type SchemaProperty = z.infer<typeof schemaProperty>;

const liveProperty = (property: SchemaProperty): LiveProperty => ({
  propertyId: property.id,
  name: property.name,
  type: property.type,
  options: (property.select ?? property.multi_select ?? property.status)?.options ?? [],
  relatedTo: property.relation?.data_source_id ?? null,
});

const twinsOf = (property: SchemaProperty): Twin[] => {
  const { relation, name } = property;
  if (!relation?.dual_property) return [];
  const { synced_property_id: propertyId, synced_property_name: twinName } = relation.dual_property;
  return [{ property: name, dataSourceId: relation.data_source_id, propertyId, name: twinName }];
};

/** A data source as `LiveDataSource`, with the twins that its relations have elsewhere. */
export const dataSourceAnswer = z
  .object({
    id: z.string(),
    parent: z.object({ database_id: z.string() }),
    in_trash: z.boolean(),
    properties: z.record(z.string(), schemaProperty),
  })
  .transform((source): { live: LiveDataSource; twins: Twin[] } => ({
    live: {
      dataSourceId: source.id,
      databaseId: source.parent.database_id,
      inTrash: source.in_trash,
      properties: Object.values(source.properties).map(liveProperty),
    },
    twins: Object.values(source.properties).flatMap(twinsOf),
  }));

export const viewAnswer = z.object({ id: z.string(), name: z.string(), type: z.string() });

export const viewsAnswer = listOf(withId).transform((list) => ({
  viewIds: list.results.map((view) => view.id),
  cursor: list.next_cursor,
}));
