import type { RichTextPart } from "../types/notion.ts";

type Parts = readonly RichTextPart[];

/** One value that Milepost and a person saw differently, with both sides as they are to be shown. */
export type Difference = {
  readonly property: string;
  /** `drift`: the person's value was put back. `conflict`: the person's value stays. */
  readonly kind: "drift" | "conflict";
  readonly ours: Parts;
  readonly theirs: Parts;
  /** Who set theirs, by Notion user id; null where that is not known. */
  readonly by: string | null;
};

/** The comment on a page where values differed: both of them, and which one stands (reliability P5). */
export const driftComment = (differences: readonly Difference[]): Parts => [
  { text: "Two values for one field", bold: true },
  ...differences.flatMap((one) => [{ text: "\n• " }, { text: one.property, bold: true }, ...sentence(one)]),
];

const sentence = ({ kind, ours, theirs, by }: Difference): Parts => {
  const person: Parts = by === null ? [{ text: "somebody" }] : [{ person: by }];
  return kind === "drift"
    ? [
        ...[{ text: ": " }, ...person, { text: " set " }, ...theirs],
        ...[{ text: ". Milepost keeps this field itself, so it is " }, ...ours, { text: " again." }],
      ]
    : [
        ...[{ text: ": Milepost had set " }, ...ours, { text: " when " }, ...person, { text: " set " }],
        ...[...theirs, { text: ", which stays." }],
      ];
};
