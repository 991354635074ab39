/** A defect to plant: the text that is replaced once in a file. */
export type Defect = {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The suite that looks for it, where it is not the one of whole histories. */
  readonly suite?: "delivery" | "mass";
};

/** What could go wrong in the write protocol, the merge, the ledger and the reading, one line of code each. */
export const defects: readonly Defect[] = [
  {
    name: "no second read before a write",
    file: "src/sync/push.ts",
    find: "if (!(await unchanged(context, bound, page, planned, lane))) return;",
    replace: "",
  },
  {
    name: "base moved before the write is confirmed",
    file: "src/sync/push.ts",
    find: 'saveIntent(context.database, { ...intent, state: "unknown" });',
    replace: `saveIntent(context.database, { ...intent, state: "unknown" });
    const moved = JSON.stringify({ ...page.base, ...writes });
    context.database.exec("UPDATE pages SET base = ? WHERE page_id = ?", moved, page.pageId);`,
  },
  {
    name: "no settle time after an unknown outcome",
    file: "src/sync/push.ts",
    find: "holdDirty(context.database, pageId, context.clock.now() + ms);",
    replace: "",
  },
  {
    name: "an unknown outcome is taken for success",
    file: "src/notion/errors.ts",
    find: 'if (status === null || (code === null && !asksForPause(status))) return "notion_unknown";',
    replace: 'if (status === null || (code === null && !asksForPause(status))) return "notion_forbidden";',
  },
  {
    name: "the verdict is stored outside of a transaction",
    file: "src/engine/requests.ts",
    find: "context.database.transaction(() => settleCurrent(context, asked, verdict));",
    replace: "settleCurrent(context, asked, verdict);",
  },
  {
    name: "the last write wins",
    file: "src/sync/merge.ts",
    find: "if (sameValue(remote, base)) return { base, local, event: null };",
    replace: 'if (owner === "shared") return { base: remote, local: remote, event: "adopted" };',
  },
  {
    name: "no search for the marker before a comment is made again",
    file: "src/ledger/keep-comment.ts",
    find: "const found = comment.attempted",
    replace: "const found = comment.attempted && comment.attempts < 0",
  },
  {
    name: "a comment is made again before the first request has settled",
    file: "src/ledger/keep-comment.ts",
    find: "now + Math.max(retryDelay(attempts), settleTime(error))",
    replace: "now + retryDelay(attempts)",
  },
  {
    name: "a query row is trusted",
    file: "src/sync/listed.ts",
    find: 'bound.template.properties[key]?.owner === "team" && !row.cut.includes(key)',
    replace: "!row.cut.includes(key)",
  },
  {
    name: "a request is put back unjudged",
    file: "src/sync/merge-page.ts",
    find: '(property.owner === "gate" && isUnjudged(page, key, theirs))',
    replace: '(property.owner === "gate" && isUnjudged(page, key, theirs) && page.base === null)',
  },
  {
    name: "drift is not kept in the journal",
    file: "src/sync/merge-page.ts",
    find: 'if (event === null || event === "request") return [];',
    replace: 'if (event === null || event === "request" || event === "drift") return [];',
  },
  {
    name: "a pause ends after a minute whatever Notion says",
    file: "src/notion/retry-after.ts",
    find: "Number(text) * 1000",
    replace: "Math.min(60, Number(text)) * 1000",
  },
  {
    name: "an accepted move does not mark its record",
    file: "src/engine/settle.ts",
    find: 'journal(context, asked, "accepted");\n  markRecordsOf(context, bound.key, pageId, [local]);',
    replace: 'journal(context, asked, "accepted");',
  },
  {
    name: "a page that comes back is not taken up again",
    file: "src/sync/listed.ts",
    find: 'if (page.state !== "live" || isBrokenAnew(context, page, row)) return true;',
    replace: "if (isBrokenAnew(context, page, row)) return true;",
  },
  {
    name: "a value that is written again is not kept in the journal",
    file: "src/sync/merge-page.ts",
    find: "if (isReassertion(intent, key, to, result.local)) {",
    replace: "if (isReassertion(intent, key, to, result.local) && to === undefined) {",
  },
  {
    name: "a write of ours that lands late is taken for a person's",
    file: "src/sync/merge-page.ts",
    find: "if (sameValue(written, remote)) return remote;",
    replace: "if (sameValue(written, remote)) return base;",
  },
  {
    name: "a broken property stops the whole page",
    file: "src/sync/push.ts",
    find: "const broken = quarantineOf(database).properties(key);",
    replace: "const broken = quarantineOf(database).properties(key);\n  if (broken.size > 0) return {};",
  },
  {
    name: "nobody is asked about a mass change",
    file: "src/sync/guard.ts",
    find: "gone > Math.max(limits.records, all * limits.gone) ||",
    replace: "",
    suite: "mass",
  },
  {
    name: "a page in the trash is taken for one that is there",
    file: "src/engine/observe.ts",
    find: "if (!bound || seen.inTrash) {",
    replace: "if (!bound) {",
  },
  {
    name: "a row with a broken property is read again each time that it is listed",
    file: "src/sync/listed.ts",
    find: "const named = brokenOn(database, pageId);",
    replace: "const named = broken.length > 0 ? [] : brokenOn(database, pageId);",
  },
];
