/** One point of an agenda; minutes from `least` to `most`. */
type AgendaItem = { readonly item: string; readonly least: number; readonly most: number };

/** A call with the client. Each plan has the same ones. */
type Agenda = {
  readonly name: string;
  readonly minutes: { readonly least: number; readonly most: number };
  readonly items: readonly AgendaItem[];
  readonly source: string;
};

export const agendas: readonly Agenda[] = [
  {
    name: "Weekly check-in call",
    minutes: { least: 30, most: 30 },
    items: [
      { item: "Demo progress", least: 5, most: 10 },
      { item: "Gather feedback", least: 5, most: 10 },
      { item: "Discuss any blockers or changes", least: 5, most: 5 },
      { item: "Confirm next week's priorities", least: 5, most: 5 },
      { item: "Q&A", least: 5, most: 5 },
    ],
    source: 'process/000 "Weekly Check-in Calls"',
  },
  {
    name: "Handoff call",
    minutes: { least: 60, most: 90 },
    items: [
      { item: "System architecture walkthrough", least: 15, most: 15 },
      { item: "Admin panel tour and permissions", least: 15, most: 15 },
      { item: "Common maintenance tasks", least: 20, most: 20 },
      { item: "Troubleshooting scenarios", least: 15, most: 15 },
      { item: "Escalation process (if they get stuck)", least: 10, most: 10 },
      { item: "Q&A", least: 15, most: 15 },
    ],
    source: 'process/000 "Handoff Call Agenda"',
  },
];

const inMinutes = ({ least, most }: { readonly least: number; readonly most: number }): string =>
  least === most ? `${least} minutes` : `${least} to ${most} minutes`;

/** An agenda as Markdown for a project's page. */
export const agendaInMarkdown = ({ name, minutes, items }: Agenda): string =>
  [
    `### ${name} (${inMinutes(minutes)})`,
    "",
    ...items.map(({ item, ...lasts }, index) => `${index + 1}. ${item} (${inMinutes(lasts)})`),
  ].join("\n");
