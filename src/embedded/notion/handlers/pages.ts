import { z } from "zod";
import { findPage } from "../access.ts";
import { type Operation, operation } from "../api/operation.ts";
import { coverSchema, dataSourceParentSchema, iconSchema, pageParentSchema } from "../api/schemas.ts";
import type { PageRecord } from "../model.ts";
import type { Scope } from "../scope.ts";
import { showPage } from "../show/page.ts";
import { eraseContent } from "../write/erase-content.ts";
import { movePage } from "../write/move.ts";
import {
  assertMayTrash,
  assertPageEditable,
  setTrashed,
  updateSettings,
  updateValues,
} from "../write/pages.ts";
import { chosenTemplate, scheduleTemplate } from "../write/templates.ts";

import {
  assertTakesPages,
  createFromRequest,
  createSchema,
  parentOf,
  propertiesSchema,
  templateSchema,
} from "./create-page.ts";

const filterPropertiesSchema = z.strictObject({ filter_properties: z.array(z.string()).max(100).optional() });
const updateSchema = z.strictObject({
  properties: propertiesSchema,
  icon: iconSchema.nullish(),
  cover: coverSchema.nullish(),
  is_locked: z.boolean().optional(),
  in_trash: z.boolean().optional(),
  erase_content: z.boolean().optional(),
  is_archived: z.boolean().optional(),
  template: templateSchema,
});
type UpdateInput = z.infer<typeof updateSchema>;

const update = (scope: Scope, id: string, input: UpdateInput): PageRecord => {
  let page = findPage(scope, id);
  assertMayTrash(scope, page, input.in_trash);
  if (input.in_trash === false) page = setTrashed(scope, page, false);
  assertPageEditable(scope, page);
  page = updateSettings(scope, page, {
    ...(input.icon === undefined ? {} : { icon: input.icon }),
    ...(input.cover === undefined ? {} : { cover: input.cover }),
    ...(input.is_archived === undefined ? {} : { isArchived: input.is_archived }),
    ...(input.is_locked === undefined ? {} : { isLocked: input.is_locked }),
  });
  page = updateValues(scope, page, input.properties ?? {});
  const template = input.template && chosenTemplate(scope, page, input.template);
  // With a template the old content stays until the template arrives (notion-api §2).
  if (template) scheduleTemplate(scope, page, template, input.erase_content ?? false);
  else if (input.erase_content) eraseContent(scope, page);
  return input.in_trash ? setTrashed(scope, findPage(scope, id), true) : findPage(scope, id);
};

const moveSchema = z.strictObject({ parent: z.union([pageParentSchema, dataSourceParentSchema]) });

const move = (scope: Scope, id: string, { parent }: z.infer<typeof moveSchema>): PageRecord => {
  const page = findPage(scope, id);
  assertPageEditable(scope, page);
  const target = parentOf(scope, parent);
  assertTakesPages(scope, target);
  return movePage(scope, page, target);
};

export const pageOperations: readonly Operation[] = [
  operation({
    name: "pages.create",
    method: "POST",
    path: "/pages",
    query: filterPropertiesSchema,
    body: createSchema,
    handle: (scope, { query, body }) => createFromRequest(scope, body, query.filter_properties),
  }),
  operation({
    name: "pages.retrieve",
    method: "GET",
    path: "/pages/:page_id",
    query: filterPropertiesSchema,
    handle: (scope, { params: { page_id = "" }, query }) =>
      showPage(scope, findPage(scope, page_id), query.filter_properties),
  }),
  operation({
    name: "pages.update",
    method: "PATCH",
    path: "/pages/:page_id",
    query: filterPropertiesSchema,
    body: updateSchema,
    handle: (scope, { params: { page_id = "" }, query, body }) =>
      showPage(scope, update(scope, page_id, body), query.filter_properties),
  }),
  operation({
    name: "pages.move",
    method: "POST",
    path: "/pages/:page_id/move",
    body: moveSchema,
    handle: (scope, { params: { page_id = "" }, body }) => showPage(scope, move(scope, page_id, body)),
  }),
];
