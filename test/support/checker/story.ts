import { botId, changes, type Files, json, personId } from "./facts.ts";
import { places, propertyOf } from "./places.ts";

/** A move of a project's Stage that a person asked for, and what had to become of it. */
export type Move = {
  readonly by: string;
  readonly from: string;
  readonly to: string;
  readonly allowed: boolean;
};
/** What people did: one project, its moves in their order. */
export type Story = { readonly project: string; readonly moves: readonly Move[] };

const told = (move: Omit<Move, "allowed">, outcome: unknown): string =>
  `${move.from} to ${move.to}, ${outcome}, by ${move.by}`;

/** One gate comment where something was refused, and one reply for every further refusal; no other word of the bot's. */
export const conversationFaults = (files: Files, { project, moves }: Story): string[] => {
  const refused = moves.filter(({ allowed }) => !allowed).length;
  const bot = botId(files);
  const comments = files.workspace("SELECT * FROM comments ORDER BY seq");
  const own = comments.filter((comment) => comment.created_by === bot);
  const opening = own.filter(
    (comment) => comments.find((other) => other.discussion_id === comment.discussion_id)?.id === comment.id,
  );
  const elsewhere = own.filter((comment) => comment.page_id !== project).length;
  const [gate, replies] = [opening.length, own.length - opening.length];
  return [
    ...(gate === Math.min(1, refused) ? [] : [`${gate} gate comments after ${refused} refusals`]),
    ...(replies === Math.max(0, refused - 1) ? [] : [`${replies} replies after ${refused} refusals`]),
    ...(elsewhere === 0 ? [] : [`${elsewhere} comments on other pages`]),
  ];
};

const stageEdits = (files: Files, { project }: Story, kind: "person" | "bot") => {
  const place = places(files).find(({ key }) => key === "projects");
  const stage = place && propertyOf(place, "stage")?.id;
  return changes(files).filter(
    (change) =>
      change.objectId === project &&
      change.kind === "page.properties_updated" &&
      change.actor.kind === kind &&
      change.properties?.includes(stage ?? ""),
  );
};

/** Every move was judged once, as its person's and not before it was made; every refused one was put back once. */
export const moveFaults = (files: Files, story: Story): string[] => {
  const judged = files.milepost(
    "SELECT * FROM transitions WHERE page_id = ? AND property = 'stage' AND outcome <> 'baseline' ORDER BY version",
    story.project,
  );
  const expected = story.moves.map((move) =>
    told({ ...move, by: personId(files, move.by) }, move.allowed ? "accepted" : "refused"),
  );
  const found = judged.map((row) =>
    told(
      {
        from: String(row.from_value),
        to: String(row.to_value),
        by: String(json<{ id?: string }>(row.actor ?? null).id),
      },
      row.outcome,
    ),
  );
  const edits = stageEdits(files, story, "person");
  const early = judged.filter(
    (row, index) => Number(row.at) < (edits[index]?.at ?? Number.POSITIVE_INFINITY),
  );
  const putBack = stageEdits(files, story, "bot").length;
  const refused = story.moves.filter(({ allowed }) => !allowed).length;
  return [
    ...(JSON.stringify(found) === JSON.stringify(expected)
      ? []
      : [`moves judged: ${found.join("; ") || "none"}. Asked for: ${expected.join("; ")}`]),
    ...early.map((row) => `a move was judged at ${row.at}, before it was made`),
    ...(putBack === refused ? [] : [`the Stage was put back ${putBack} times after ${refused} refusals`]),
  ];
};

/** After a row's creation nobody but the team writes what is the team's. */
export const ownershipFaults = (files: Files): string[] => {
  const found = places(files);
  return changes(files).flatMap((change) => {
    const place = found.find(({ dataSourceId }) => dataSourceId === change.dataSourceId);
    if (!place || change.actor.kind !== "bot" || change.kind !== "page.properties_updated") return [];
    return (change.properties ?? []).flatMap((id) => {
      const name = place.properties.find((property) => property.id === id)?.name;
      const owner = Object.values(place.template.properties).find(
        (property) => property.name === name,
      )?.owner;
      return owner === "service" || owner === "gate" || owner === "shared"
        ? []
        : [`Milepost wrote ${name ?? id} of ${place.template.title}, which is the team's`];
    });
  });
};
