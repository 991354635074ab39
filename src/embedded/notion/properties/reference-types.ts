import { z } from "zod";
import { isTrashed, isVisible } from "../access.ts";
import { notFound, validationError } from "../api/errors.ts";
import { idSchema } from "../api/schemas.ts";
import type { PageRecord, PropertyConfig, RichText } from "../model.ts";
import { referencesFamily } from "../query/families.ts";
import type { Scope } from "../scope.ts";
import { plainText } from "../show/rich-text.ts";
import { showUserById } from "../show/user.ts";
import { createTwin } from "../write/create-twin.ts";
import { plainConfig } from "./plain-config.ts";
import { documented, propertyType, type WriteContext } from "./property-type.ts";
import { shownReferences } from "./text-types.ts";

const referenceSchema = z.looseObject({ id: idSchema });
type Reference = z.infer<typeof referenceSchema>;

const nameOf = (scope: Scope, id: string): string => scope.users.find((user) => user.id === id)?.name ?? "";

const distinct = (references: readonly Reference[]): string[] => [...new Set(references.map(({ id }) => id))];

export const peopleType = propertyType<string[], Reference[], Record<string, never>>({
  source: documented,
  family: referencesFamily,
  config: plainConfig,
  write: {
    schema: z.array(referenceSchema).max(100),
    store: (input, { scope }) => {
      const ids = distinct(input);
      const stranger = ids.find((id) => !scope.users.some((user) => user.id === id));
      if (stranger) throw notFound("user", stranger);
      return ids.length > 0 ? ids : undefined;
    },
  },
  show: (value, _page, { scope }) => ({
    people: (value ?? []).slice(0, shownReferences).map((id) => showUserById(id, scope)),
  }),
  items: (value, { scope }) => (value ?? []).map((id) => showUserById(id, scope)),
  comparand: (value, _page, { scope }) => ({ ids: value ?? [], sortText: nameOf(scope, value?.[0] ?? "") }),
  text: (value, _page, { scope }) => (value ?? []).map((id) => nameOf(scope, id)).join(", "),
});

const relationConfigSchema = z.union([
  z.strictObject({
    data_source_id: idSchema,
    type: z.literal("single_property").optional(),
    single_property: z.strictObject({}),
  }),
  z.strictObject({
    data_source_id: idSchema,
    type: z.literal("dual_property").optional(),
    dual_property: z.strictObject({
      synced_property_id: z.string().optional(),
      synced_property_name: z.string().optional(),
    }),
  }),
]);
type RelationConfigInput = z.infer<typeof relationConfigSchema>;

/** Pages that still exist for this actor: trashed and unshared ones are hidden, without error (notion-api §8). */
export const presentPages = (ids: readonly string[] | undefined, scope: Scope): PageRecord[] =>
  (ids ?? []).flatMap((id) => {
    const page = scope.objects.getAs("page", id);
    return page && !isTrashed(scope, page) && isVisible(scope, page) ? [page] : [];
  });

/** The text of a page's title; empty for none. */
export const titleOf = (page: PageRecord | undefined, scope: Scope): string =>
  page ? plainText((page.values.title ?? []) as RichText, scope) : "";

const relatedIds = (input: readonly Reference[], { scope, property }: WriteContext): string[] => {
  const ids = distinct(input);
  for (const id of ids) {
    const page = scope.objects.getAs("page", id);
    if (!page || !isVisible(scope, page)) throw notFound("page", id);
    const inTarget =
      page.parent.type === "data_source_id" && page.parent.id === property.config.target?.dataSourceId;
    if (!inTarget)
      throw validationError(`Page with ID ${id} is not in the data source that ${property.name} relates to.`);
  }
  return ids;
};

export const relationType = propertyType<string[], Reference[], RelationConfigInput>({
  source: documented,
  family: referencesFamily,
  config: {
    schema: relationConfigSchema,
    make(input, context): PropertyConfig {
      const target = context.scope.objects.getAs("data_source", input.data_source_id);
      if (!target || !isVisible(context.scope, target)) throw notFound("data_source", input.data_source_id);
      if (!("dual_property" in input)) return { target: { dataSourceId: target.id, twinId: null } };
      const before = context.before?.config.target;
      if (before?.dataSourceId === target.id && before.twinId) return { target: before };
      return {
        target: { dataSourceId: target.id, twinId: createTwin(context, target, input.dual_property) },
      };
    },
    show({ config }, scope) {
      const dataSourceId = config.target?.dataSourceId ?? "";
      const parent = scope.objects.getAs("data_source", dataSourceId)?.parent;
      const ids = {
        database_id: parent?.type === "database_id" ? parent.id : null,
        data_source_id: dataSourceId,
      };
      const twinId = config.target?.twinId;
      if (!twinId) return { ...ids, type: "single_property", single_property: {} };
      const twin = scope.objects.properties(dataSourceId).find((property) => property.id === twinId);
      const synced = {
        synced_property_id: encodeURIComponent(twinId),
        synced_property_name: twin?.name ?? "",
      };
      return { ...ids, type: "dual_property", dual_property: synced };
    },
  },
  write: {
    schema: z.array(referenceSchema).max(100),
    store: (input, context) => {
      const ids = relatedIds(input, context);
      return ids.length > 0 ? ids : undefined;
    },
  },
  show: (value, _page, { scope }) => {
    const pages = presentPages(value, scope);
    return {
      relation: pages.slice(0, shownReferences).map(({ id }) => ({ id })),
      has_more: pages.length > shownReferences,
    };
  },
  items: (value, { scope }) => presentPages(value, scope).map(({ id }) => ({ id })),
  comparand: (value, _page, { scope }) => {
    const pages = presentPages(value, scope);
    return { ids: pages.map(({ id }) => id), sortText: titleOf(pages[0], scope) };
  },
  text: (value, _page, { scope }) =>
    presentPages(value, scope)
      .map((page) => titleOf(page, scope))
      .join(", "),
});
