/** Every request that the adapter sends: whether it only reads, and the `object` of a right answer. */
export const operations = {
  me: { kind: "read", answers: "user" },
  retrievePage: { kind: "read", answers: "page" },
  retrievePropertyItems: { kind: "read", answers: "list" },
  queryRows: { kind: "read", answers: "list" },
  retrieveMarkdown: { kind: "read", answers: "page_markdown" },
  updatePage: { kind: "write", answers: "page" },
  createRow: { kind: "write", answers: "page" },
  createPage: { kind: "write", answers: "page" },
  listComments: { kind: "read", answers: "list" },
  createComment: { kind: "write", answers: "comment" },
  updateComment: { kind: "write", answers: "comment" },
  listChildren: { kind: "read", answers: "list" },
  createDatabase: { kind: "write", answers: "database" },
  retrieveDatabase: { kind: "read", answers: "database" },
  retrieveDataSource: { kind: "read", answers: "data_source" },
  addProperties: { kind: "write", answers: "data_source" },
  nameTwins: { kind: "write", answers: "data_source" },
  createView: { kind: "write", answers: "view" },
  listViews: { kind: "read", answers: "list" },
  retrieveView: { kind: "read", answers: "view" },
} as const satisfies Record<string, { kind: "read" | "write"; answers: string }>;

export type Operation = keyof typeof operations;

/** After how many ms a request is aborted (reliability, finding 2: the SDK's own timer aborts nothing). */
export const timeouts = { read: 30_000, write: 60_000 } as const;
