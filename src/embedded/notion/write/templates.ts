import type { Clock } from "../../../ports.ts";
import { validationError } from "../api/errors.ts";
import { recordContentChange } from "../blocks/write-blocks.ts";
import type { PageRecord } from "../model.ts";
import { typeOf } from "../properties/table.ts";
import type { Core, Scope } from "../scope.ts";
import { propertiesOf } from "../show/page.ts";
import type { TemplateJob } from "../store/template-job-store.ts";
import { eraseContent } from "./erase-content.ts";
import { applyChanges, type ValueChange } from "./page-values.ts";

/** How long a template takes to arrive. Assumed: Notion promises only that it comes after the answer. */
const arrivalMs = 3000;

/** The templates of a data source, oldest first. */
export const templatesOf = (scope: Core, dataSourceId: string): PageRecord[] =>
  scope.objects
    .childrenOf("page", dataSourceId)
    .filter((page) => page.template !== undefined && !page.inTrash);

export type TemplateChoice =
  | { type: "none" }
  | { type: "default" }
  | { type: "template_id"; template_id: string };

/** The template that a request means; null for none. Throws when its data source does not have it. */
export const chosenTemplate = (scope: Scope, page: PageRecord, choice: TemplateChoice): PageRecord | null => {
  if (choice.type === "none") return null;
  const known = page.parent.type === "data_source_id" ? templatesOf(scope, page.parent.id) : [];
  const found =
    choice.type === "default"
      ? known.find(({ template }) => template?.isDefault)
      : known.find(({ id }) => id === choice.template_id);
  if (found) return found;
  throw validationError(
    choice.type === "default"
      ? "The data source has no default template."
      : `Could not find template with ID: ${choice.template_id}.`,
  );
};

/** Has the template put onto the page a little later, as Notion does: the answer shows the page as it is. */
export const scheduleTemplate = (
  scope: Scope,
  page: PageRecord,
  template: PageRecord,
  erase: boolean,
): void =>
  scope.templateJobs.add({
    pageId: page.id,
    templateId: template.id,
    actorId: scope.actor.id,
    erase,
    dueAt: scope.now + arrivalMs,
  });

const copyBlocks = (scope: Scope, from: string, parentId: string, pageId: string): string[] => {
  const blocks = scope.blocks.childrenOf(from).filter(({ type }) => !type.startsWith("child_"));
  const rank = scope.blocks.makeRoom(parentId, "end", blocks.length);
  const stamp = {
    createdAt: scope.now,
    createdBy: scope.actor.id,
    editedAt: scope.now,
    editedBy: scope.actor.id,
  };
  return blocks.map((block, index) => {
    const id = scope.newId();
    scope.blocks.insert({ ...block, ...stamp, id, parentId, pageId, rank: rank + index });
    copyBlocks(scope, block.id, id, pageId);
    return id;
  });
};

/** The template's values for what the page leaves empty; numbers that count rows are not copied. */
const inherited = (scope: Scope, page: PageRecord, template: PageRecord): ValueChange[] =>
  propertiesOf(scope, page).flatMap((property) => {
    const after = template.values[property.id];
    const isTaken = page.values[property.id] !== undefined || typeOf(property).initial !== undefined;
    return after === undefined || isTaken || property.type === "title"
      ? []
      : [{ property, before: undefined, after }];
  });

const apply = (scope: Scope, job: TemplateJob): void => {
  const page = scope.objects.getAs("page", job.pageId);
  const template = scope.objects.getAs("page", job.templateId);
  // Either may have gone since; Notion reports no failure (notion-api §2).
  if (!page || page.inTrash || !template) return;
  if (job.erase) eraseContent(scope, page);
  const dressed = { ...page, icon: page.icon ?? template.icon, cover: page.cover ?? template.cover };
  const updated = applyChanges(scope, scope.objects.put(dressed), inherited(scope, page, template));
  const blocks = copyBlocks(scope, template.id, page.id, page.id);
  recordContentChange(scope, updated, blocks);
};

export type Templates = { arm(): void; stop(): void };

/** Puts templates onto pages when they are due. `arm` is to be called after every commit. */
export const createTemplates = (core: Core, clock: Clock, onCommit: () => void): Templates => {
  let cancel: (() => void) | null = null;
  let armedFor: number | null = null;
  const run = (): void => {
    cancel = null;
    armedFor = null;
    const now = clock.now();
    core.objects.transaction(() => {
      for (const job of core.templateJobs.take(now)) {
        const actor = core.users.find((user) => user.id === job.actorId);
        if (actor) apply({ ...core, actor, now }, job);
      }
    });
    onCommit();
    arm();
  };
  const arm = (): void => {
    const due = core.templateJobs.nextDue();
    if (due === armedFor) return;
    cancel?.();
    armedFor = due;
    cancel = due === null ? null : clock.after(Math.max(0, due - clock.now()), run);
  };
  return { arm, stop: () => cancel?.() };
};
