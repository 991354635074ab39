/** A test by its file below test/embedded and its title, or that of the group it belongs to. */
type NamedTest = readonly [file: string, title: string];

export type Behaviour = {
  readonly priority: "P0" | "P1" | "P2";
  readonly name: string;
  /** None: not there. */
  readonly tests: readonly NamedTest[];
  /** What of it is not there. */
  readonly without?: string;
};

/** What a program that talks to Notion relies on, by how much it would miss it, and the tests that hold it up. */
export const behaviours: readonly Behaviour[] = [
  {
    priority: "P0",
    name: "Requests: router, token, version, strict bodies, ids in any spelling, error envelope",
    tests: [
      ["notion/api.test.ts", "a request"],
      ["notion/pages.test.ts", "is found by its id in any spelling, and answers it dashed and in lower case"],
      ["refusals.test.ts", "there are at least eighty of them"],
      ["fuzz.test.ts", "whatever arrives"],
    ],
  },
  {
    priority: "P0",
    name: "API versions 2025-09-03 and 2026-03-11, the multi-source error of 2022-06-28",
    tests: [
      ["notion/pages.test.ts", "speaks the older version with `archived`, which the newer refuses"],
      ["notion/versions.test.ts", "version 2022-06-28"],
      ["notion/markdown.test.ts", "needs the version in which it exists"],
    ],
    without: "meeting notes blocks",
  },
  {
    priority: "P0",
    name: "Databases, their data sources and pages; relations with their twins",
    tests: [
      ["notion/pages.test.ts", "is written on either side and read on both"],
      ["notion/schema.test.ts", "deletes a two-way relation with its twin"],
      ["notion/person.test.ts", "adds a data source, which the database then lists"],
    ],
  },
  {
    priority: "P0",
    name: "Sharing and capabilities",
    tests: [
      ["notion/pages.test.ts", "that a person made outside what is shared does not exist for the bot"],
      ["control-routes.test.ts", "take a page's access away and give it again"],
      ["notion/access.test.ts", "a connection"],
    ],
  },
  {
    priority: "P0",
    name: "Properties: ids, options, defaults, unique ids, dates, 25 references, formulas, rollups",
    tests: [
      ["notion/pages.test.ts", "takes properties by name, by id and by id as it was answered"],
      [
        "notion/pages.test.ts",
        "gets a new option from an unknown select name, and none from an unknown status",
      ],
      ["notion/pages.test.ts", "reads as its default status when the status is cleared"],
      ["notion/pages.test.ts", "numbers rows and never gives a number twice"],
      ["notion/pages.test.ts", "shows 25 pages, says that there are more, and pages through all of them"],
      ["notion/computed.test.ts", "a formula"],
      ["notion/computed.test.ts", "a rollup"],
      ["notion/limits.test.ts", "a limit"],
    ],
  },
  {
    priority: "P0",
    name: "Times floored to the minute; an API edit of blocks does not move a page's",
    tests: [
      ["notion/pages.test.ts", "shows the person who edited it last, and when, to the minute"],
      [
        "notion/content.test.ts",
        "written through the connection do not move the page's last edit; a person's do",
      ],
    ],
  },
  {
    priority: "P0",
    name: "Queries: filters, sorts, cursors, the end at 10,000 rows",
    tests: [
      ["notion/query.test.ts", "a query"],
      ["notion/query-operators.test.ts", "every property type has its filters tried"],
      ["notion/query-operators.test.ts", "relative dates"],
      ["notion/query-operators.test.ts", "rows that nobody sorts"],
      ["notion/query.test.ts", "limits the properties by name or id, in the plain and in the bracket form"],
      ["notion/query.test.ts", "ends at 10,000 rows and says that the result is incomplete"],
      ["notion/faults.test.ts", "invalidates the cursor in the middle of a list, and only there"],
    ],
    without: "wikis",
  },
  {
    priority: "P0",
    name: "Request limits in windows of 60 seconds",
    tests: [
      ["notion/api.test.ts", "refuses the 181st request of a minute, says how long to wait, and opens again"],
      ["notion/rate-limits.test.ts", "a token"],
      ["notion/rate-limits.test.ts", "the workspace"],
    ],
  },
  {
    priority: "P0",
    name: "Faults by rule, before and after the commit",
    tests: [
      ["notion/faults.test.ts", "a fault on demand"],
      ["notion/faults.test.ts", "a fault rule"],
      ["notion/faults.test.ts", "lets queries and search lag behind reads"],
      ["ui/workbench.test.ts", "fault switches"],
    ],
  },
  {
    priority: "P0",
    name: "Webhooks: handshake, signature, aggregation, retries, losses, access",
    tests: [
      ["notion/webhooks.test.ts", "a webhook"],
      ["notion/webhook-events.test.ts", "a subscription"],
      ["notion/webhook-events.test.ts", "disturbed deliveries"],
      ["contract/webhooks.test.ts", "are sent for every event type of the workspace"],
      ["sdk.test.ts", "verifies the signature of what a webhook gets, and of nothing else"],
    ],
  },
  {
    priority: "P0",
    name: "Acting as a person; a log of every request",
    tests: [
      ["server.test.ts", "answers the official SDK as the person whose token it is given"],
      ["notion/person.test.ts", "a person who edits the schema in Notion"],
      ["server.test.ts", "show the journal and the requests after a number"],
      ["ui/workbench.test.ts", "the request log"],
    ],
  },
  {
    priority: "P1",
    name: "Blocks of 28 types: positions, nesting, limits, trash",
    tests: [
      ["notion/blocks.test.ts", "a block of every type"],
      ["notion/blocks.test.ts", "what cannot be a block"],
      ["notion/blocks.test.ts", "the trash"],
      ["notion/content.test.ts", "are appended where they are asked to stand, and found below their parents"],
    ],
    without: "tabs, buttons, files other than by their address",
  },
  {
    priority: "P1",
    name: "Comments: threads, own edits only, order, display name",
    tests: [
      ["notion/content.test.ts", "are listed oldest first with their threads, and belong to their authors"],
      ["notion/blocks.test.ts", "say who speaks: the connection, its user, or a name of its own"],
      ["notion/blocks.test.ts", "on a block are a thread of their own, which its answers join"],
    ],
    without: "attachments, resolved threads",
  },
  {
    priority: "P1",
    name: "Users",
    tests: [
      ["notion/access.test.ts", "sees of people what its user information allows"],
      ["notion/person.test.ts", "invites a guest, who can be assigned and read but is not listed"],
    ],
    without: "groups",
  },
  {
    priority: "P1",
    name: "Search by title, behind reads",
    tests: [
      ["sdk.test.ts", "does everything that the workspace offers"],
      ["notion/faults.test.ts", "lets queries and search lag behind reads"],
    ],
  },
  {
    priority: "P1",
    name: "Templates, which arrive after a blank page",
    tests: [
      ["notion/person.test.ts", "a template"],
      ["sdk.test.ts", "lists templates and applies one, which arrives after the answer"],
    ],
  },
  {
    priority: "P1",
    name: "Views of nine types and their queries",
    tests: [
      ["notion/views.test.ts", "a view"],
      ["notion/views.test.ts", "a view's query"],
      ["ui/workbench.test.ts", "views of a database"],
    ],
    without: "dashboards, linked views",
  },
  {
    priority: "P1",
    name: "Trash and restore of what lies below",
    tests: [
      ["notion/pages.test.ts", "takes no edit in the trash, and comes back whole"],
      ["notion/blocks.test.ts", "takes what lies below along, and gives it back"],
      ["control-routes.test.ts", "put a page into the trash and take it out, as a person"],
    ],
  },
  {
    priority: "P1",
    name: "Moving pages",
    tests: [["notion/person.test.ts", "a move"]],
  },
  { priority: "P1", name: "File uploads", tests: [] },
  {
    priority: "P1",
    name: "“Send webhook” automations, which pause on a failure",
    tests: [["notion/webhook-events.test.ts", "an automation with Send webhook"]],
  },
  {
    priority: "P1",
    name: "The block limit of free workspaces",
    tests: [["notion/access.test.ts", "a free workspace with several members"]],
  },
  {
    priority: "P2",
    name: "Pages as Markdown, read and changed",
    tests: [
      ["notion/markdown.test.ts", "Markdown, block for block"],
      ["notion/markdown.test.ts", "a change of Markdown"],
      ["notion/markdown.test.ts", "a long page"],
    ],
  },
  {
    priority: "P2",
    name: "Asynchronous tasks",
    tests: [["notion/markdown.test.ts", "a change that may be asynchronous"]],
  },
  { priority: "P2", name: "Typed databases", tests: [] },
  { priority: "P2", name: "Custom emojis", tests: [] },
  { priority: "P2", name: "OAuth", tests: [] },
  { priority: "P2", name: "Meeting notes", tests: [] },
  { priority: "P2", name: "Custom agents", tests: [] },
];
