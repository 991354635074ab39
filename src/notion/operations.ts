/**
 * Every request that the adapter sends: whether it only reads, the `object` of a right answer, and the capability that the
 * connection needs for it, as its settings name it (notion-api §8).
 */
export const operations = {
  me: { kind: "read", answers: "user", needs: null },
  retrievePage: { kind: "read", answers: "page", needs: "Read content" },
  retrievePropertyItems: { kind: "read", answers: "list", needs: "Read content" },
  queryRows: { kind: "read", answers: "list", needs: "Read content" },
  retrieveMarkdown: { kind: "read", answers: "page_markdown", needs: "Read content" },
  updatePage: { kind: "write", answers: "page", needs: "Update content" },
  createRow: { kind: "write", answers: "page", needs: "Insert content" },
  appendMarkdown: { kind: "write", answers: "page_markdown", needs: "Update content" },
  createPage: { kind: "write", answers: "page", needs: "Insert content" },
  listComments: { kind: "read", answers: "list", needs: "Read comments" },
  createComment: { kind: "write", answers: "comment", needs: "Insert comments" },
  updateComment: { kind: "write", answers: "comment", needs: "Insert comments" },
  listChildren: { kind: "read", answers: "list", needs: "Read content" },
  createDatabase: { kind: "write", answers: "database", needs: "Insert content" },
  retrieveDatabase: { kind: "read", answers: "database", needs: "Read content" },
  retrieveDataSource: { kind: "read", answers: "data_source", needs: "Read content" },
  addProperties: { kind: "write", answers: "data_source", needs: "Update content" },
  nameTwins: { kind: "write", answers: "data_source", needs: "Update content" },
  createView: { kind: "write", answers: "view", needs: "Insert content" },
  updateView: { kind: "write", answers: "view", needs: "Update content" },
  listViews: { kind: "read", answers: "list", needs: "Read content" },
  retrieveView: { kind: "read", answers: "view", needs: "Read content" },
} as const satisfies Record<string, { kind: "read" | "write"; answers: string; needs: string | null }>;

export type Operation = keyof typeof operations;
