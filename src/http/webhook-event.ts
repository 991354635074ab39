import { z } from "zod";
import { dashed } from "../types/page-id.ts";

const uuid = z.string().regex(/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i);

/** What is read of an event. Everything else Notion sends is ignored; types that came later are welcome. */
export const event = z.object({
  id: uuid,
  type: z.string().max(100),
  timestamp: z.iso.datetime({ offset: true }).transform(Date.parse).optional().catch(undefined),
  workspace_id: uuid,
  authors: z.array(z.object({ id: uuid, type: z.string() })).catch([]),
  entity: z.object({ id: uuid, type: z.string() }),
  data: z
    .object({
      parent: z.object({ data_source_id: uuid.optional() }).optional(),
      updated_properties: z.array(z.string()).optional().catch(undefined),
    })
    .catch({}),
});

export type Event = z.infer<typeof event>;

/** Only an edit moves the time that a query row shows; coming, going and moving need a direct read. */
export const isEdit = ({ type }: Event): boolean =>
  type === "page.properties_updated" || type === "page.content_updated";

/** The single person behind an event; aggregated events may hold several, and our own bot beside them. */
export const authorOf = (received: Event): string | null => {
  const people = received.authors.filter((author) => author.type === "person");
  const first = people[0];
  return first && people.every((person) => person.id === first.id) ? dashed(first.id) : null;
};
