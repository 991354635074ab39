import { z } from "zod";
import { databaseOf, isTrashed, isVisible } from "../access.ts";
import { type Operation, operation } from "../api/operation.ts";
import { pagingShape } from "../api/schemas.ts";
import type { DataSourceRecord, PageRecord } from "../model.ts";
import { listOf, paginate } from "../query/paginate.ts";
import type { Scope } from "../scope.ts";
import { showDataSource } from "../show/database.ts";
import { showPage, titleOf } from "../show/page.ts";
import { plainText } from "../show/rich-text.ts";

const bodySchema = z.strictObject({
  ...pagingShape,
  query: z.string().optional(),
  sort: z
    .union([
      z.strictObject({
        timestamp: z.literal("last_edited_time"),
        // Observed (notion-api §7): the words of this refusal, which say that it may be left out.
        direction: z
          .enum(["ascending", "descending"], '`"ascending"`, `"descending"`, or `undefined`')
          .optional(),
      }),
      z.strictObject({ property: z.literal("relevance") }),
    ])
    .optional(),
  filter: z
    .union([
      z.strictObject({
        property: z.literal("object"),
        value: z.enum(["page", "data_source"]),
        in_trash: z.boolean().optional(),
      }),
      z.strictObject({ in_trash: z.boolean() }),
    ])
    .optional(),
});
type Found = PageRecord | DataSourceRecord;

/** A data source is found by its database's title (notion-api §1). */
const nameOf = (scope: Scope, record: Found): string =>
  record.kind === "page" ? titleOf(record, scope) : plainText(databaseOf(scope, record.id).title, scope);

const find = (scope: Scope, body: z.infer<typeof bodySchema>): Found[] => {
  const kind = body.filter && "value" in body.filter ? body.filter.value : null;
  const all: Found[] = [
    ...(kind === "data_source" ? [] : scope.index.all("page")),
    ...(kind === "page" ? [] : scope.index.all("data_source")),
  ];
  const wanted = (body.query ?? "").toLowerCase();
  const wantsTrash = body.filter?.in_trash ?? false;
  const found = all.filter(
    (record) =>
      nameOf(scope, record).toLowerCase().includes(wanted) &&
      isTrashed(scope, record) === wantsTrash &&
      isVisible(scope, record),
  );
  const sign = body.sort && "direction" in body.sort && body.sort.direction === "ascending" ? 1 : -1;
  return found.sort((one, other) => sign * (one.editedAt - other.editedAt) || one.seq - other.seq);
};

export const searchOperations: readonly Operation[] = [
  operation({
    name: "search",
    method: "POST",
    path: "/search",
    body: bodySchema,
    handle(scope, { body }) {
      const { items, nextCursor } = paginate(find(scope, body), body, (record) => record.id);
      const results = items.map((record) =>
        record.kind === "page" ? showPage(scope, record) : showDataSource(scope, record),
      );
      return listOf("page_or_data_source", results, nextCursor);
    },
  }),
];
