import type { JsonObject } from "../model.ts";
import type { Fault } from "./faults.ts";

/** What a row may need of the rule and the request that it meets. */
export type FaultGiven = {
  /** Seconds for `Retry-After`, where the row has one. */
  retryAfter: number;
  cursor: string | null;
  operation: string;
  /** What the operation created, once it is committed. */
  committed: { id: string; childIds: readonly string[] } | null;
};

/**
 * One kind of fault. `before`: nothing is stored; `after`: stored, but the caller sees the fault; `reading`: the answer
 * is right for a moment that is past.
 */
export type FaultRow = {
  moment: "before" | "after" | "reading";
  /** documented | observed | assumed, and where (notion-api.md unless another place is named). */
  source: string;
  /** Null when it does not concern the request. */
  make(given: FaultGiven): Fault | null;
};

const error =
  (status: number, code: string, message: string) =>
  (additionalData?: JsonObject): Fault => ({
    status,
    code,
    message,
    ...(additionalData ? { additionalData } : {}),
  });

const limited =
  (reason: string) =>
  ({ retryAfter }: FaultGiven): Fault => ({
    status: 429,
    code: "rate_limited",
    message: "You have been rate limited. Please try again later.",
    headers: { "retry-after": String(retryAfter) },
    additionalData: { rate_limit_reason: reason, retry_after: String(retryAfter) },
  });

const badGateway = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>";
const unavailable = error(503, "service_unavailable", "Notion is unavailable, please try again later.");
const guidance = ["Read the resource before you repeat the request: it may have been saved."];

const committedData = ({ committed }: FaultGiven): JsonObject => ({
  retry_guidance: guidance,
  ...(committed ? { committed_resource_id: committed.id } : {}),
  ...(committed && committed.childIds.length > 0 ? { committed_child_ids: committed.childIds } : {}),
});

const row = (moment: FaultRow["moment"], source: string, make: FaultRow["make"]): FaultRow => ({
  moment,
  source,
  make,
});

/** Every fault that a rule can name. */
export const faultTable = {
  unsupported: row("before", "documented §7", ({ operation }) =>
    error(400, "invalid_request", `Unsupported request: ${operation}.`)(),
  ),
  no_access: row("before", "documented §7", () =>
    error(403, "restricted_resource", "API token does not have access to this resource.")(),
  ),
  conflict: row("before", "documented §4, §7", () =>
    error(409, "conflict_error", "Conflict occurred while saving. Please try again.")(),
  ),
  rate_limited: row("before", "documented §4", limited("public_api_request_rate_limit")),
  rate_limited_workspace: row("before", "documented §4", limited("public_api_space_request_rate_limit")),
  rate_limited_endpoint: row("before", "documented §4", limited("public_api_endpoint_rate_limit")),
  blocked: row("before", "documented §4", limited("public_api_request_blocked")),
  internal_error: row("before", "documented §7", () =>
    error(500, "internal_server_error", "Unexpected error occurred.")(),
  ),
  bad_gateway: row("before", "observed §10 trap 7", () => ({ status: 502, html: badGateway })),
  unavailable: row("before", "documented §7", () => unavailable()),
  unavailable_after_commit: row("after", "documented §4; guidance's wording assumed", (given) =>
    unavailable(committedData(given)),
  ),
  database_unavailable: row("before", "documented §7", () =>
    error(503, "database_connection_unavailable", "Notion is unavailable, please try again later.")(),
  ),
  gateway_timeout: row("before", "documented §7", () => error(504, "gateway_timeout", "Gateway Timeout")()),
  gateway_timeout_after_commit: row("after", "documented §4 (504 likewise)", (given) =>
    error(504, "gateway_timeout", "Gateway Timeout")(committedData(given)),
  ),
  overloaded: row("before", "documented §4, §7", ({ retryAfter }) => ({
    status: 529,
    code: "service_overload",
    message: "Notion is temporarily overloaded. Please try again later.",
    headers: { "retry-after": String(retryAfter) },
  })),
  hang: row("before", "assumed: a network", () => "hang"),
  hang_after_commit: row("after", "assumed: a network", () => "hang"),
  reset: row("before", "assumed: a network", () => "reset"),
  reset_after_commit: row("after", "assumed: a network", () => "reset"),
  truncated: row("after", "assumed: a network", () => "truncated"),
  empty: row("after", "observed §4: an empty 2xx breaks the SDK", () => "empty"),
  invalid_cursor: row("before", "documented §4: cursors can be invalidated", ({ cursor }) =>
    cursor === null
      ? null
      : error(400, "validation_error", `The start_cursor provided is invalid: ${cursor}`)(),
  ),
  stale_read: row("reading", "observed §4: queries and search lag behind reads", () => null),
} as const satisfies Record<string, FaultRow>;

export type FaultName = keyof typeof faultTable;

export const faultNames = Object.keys(faultTable) as [FaultName, ...FaultName[]];
