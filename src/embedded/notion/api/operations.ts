import { TrieRouter } from "hono/router/trie-router";
import { asyncTaskOperations } from "../handlers/async-tasks.ts";
import { blockOperations } from "../handlers/blocks.ts";
import { commentOperations } from "../handlers/comments.ts";
import { dataSourceOperations } from "../handlers/data-sources.ts";
import { databaseOperations } from "../handlers/databases.ts";
import { markdownOperations } from "../handlers/markdown.ts";
import { pagePropertyOperations } from "../handlers/page-properties.ts";
import { pageOperations } from "../handlers/pages.ts";
import { queryOperations } from "../handlers/query.ts";
import { searchOperations } from "../handlers/search.ts";
import { userOperations } from "../handlers/users.ts";
import { viewQueryOperations } from "../handlers/view-queries.ts";
import { viewOperations } from "../handlers/views.ts";
import type { Operation } from "./operation.ts";

/** Everything the workspace answers. What is not here is refused and logged. */
export const operations: readonly Operation[] = [
  ...userOperations,
  ...pageOperations,
  ...pagePropertyOperations,
  ...markdownOperations,
  ...blockOperations,
  ...databaseOperations,
  ...dataSourceOperations,
  ...queryOperations,
  ...commentOperations,
  ...searchOperations,
  ...viewOperations,
  ...viewQueryOperations,
  ...asyncTaskOperations,
];

const router = new TrieRouter<Operation>();
for (const row of operations) router.add(row.method, `/v1${row.path}`, row);

export type Route = { operation: Operation; params: Record<string, string> };

/** The operation that a method and path name, with the path's parameters as they stand in it. */
export const findOperation = (method: string, path: string): Route | null => {
  const [matches] = router.match(method, path);
  // Literal rows stand before parameter rows of the same shape in the table ("/users/me"), and the router keeps that order.
  const [operation, params] = matches[0] ?? [];
  return operation ? { operation, params: params as Record<string, string> } : null;
};
