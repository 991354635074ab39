import { noteAttempt } from "../store/actions.ts";
import { markDirty } from "../store/dirty.ts";
import type { DatabaseBinding } from "../types/bindings.ts";
import type { DomainValue } from "../types/loop.ts";
import { settleMs } from "../types/settle.ts";
import type { ActionContext } from "./context.ts";
import type { Carrier } from "./outcome.ts";

/** How long a new row waits for its database. */
const notYetMs = 60_000;

/**
 * Makes a row of Updates with its text in one call. Its Milepost key is the action's: after a call without a clear answer
 * the row is searched by it before another is made. The page is read soon after, as any changed page.
 */
export const carryOutUpdate: Carrier<"update">["carryOut"] = async (context, action, payload) => {
  const { database, clock, notion, rows } = context;
  const binding = rows.binding("updates");
  if (binding === null) return { kind: "not_yet", until: clock.now() + notYetMs };
  const made = action.attempted ? await madeBefore(context, binding, action.key) : null;
  const now = clock.now();
  if (made === null) noteAttempt(database, action.key, now, now + settleMs.noAnswer);
  const pageId =
    made ??
    (
      await notion.verdict.createRow({
        dataSourceId: binding.dataSourceId,
        writes: rows.writes("updates", valuesOf(action.key, payload)),
        markdown: payload.markdown,
      })
    ).pageId;
  const alongside = (): void => markDirty(database, { pageId, urgent: true, author: null }, clock.now());
  return { kind: "done", result: pageId, alongside };
};

type Payload = Parameters<Carrier<"update">["carryOut"]>[2];

const valuesOf = (key: string, payload: Payload): Readonly<Record<string, DomainValue>> => ({
  title: payload.title,
  project: [payload.projectId],
  milestone: payload.milestoneId === null ? [] : [payload.milestoneId],
  kind: payload.updateKind,
  period: payload.period,
  state: payload.state,
  to: payload.contactIds,
  milepostKey: key,
});

/** The row that carries the key; of two the older one, the other being a copy that somebody made (design §5). */
const madeBefore = async (
  { notion }: ActionContext,
  { dataSourceId, properties }: DatabaseBinding,
  key: string,
): Promise<string | null> => {
  const propertyId = properties.milepostKey?.propertyId ?? "";
  const filter = { kind: "text-equals", propertyId, text: key } as const;
  const { rows } = await notion.verdict.queryRows({ dataSourceId, filter });
  const [oldest] = rows.toSorted((one, other) => one.createdTime - other.createdTime);
  return oldest?.pageId ?? null;
};
