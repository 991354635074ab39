import type { JsonObject } from "../model.ts";

/** What goes wrong with a request: an error answer, or a connection that breaks in one of the ways a network does. */
export type Fault =
  | {
      status: number;
      code?: string;
      message?: string;
      headers?: Record<string, string>;
      additionalData?: JsonObject;
      html?: string;
    }
  | "reset"
  | "hang"
  | "empty"
  | "truncated";

export type FaultRequest = {
  method: string;
  path: string;
  operation: string | null;
  actorId: string | null;
  seq: number;
};

export type FaultHook = {
  /** Before the request's transaction: nothing is stored. */
  before?(request: FaultRequest): Fault | undefined;
  /** After its commit: stored, but the caller sees the fault. */
  after?(request: FaultRequest): Fault | undefined;
};

/** The status that the request log shows for a fault; 0 when no answer is sent. */
export const faultStatus = (fault: Fault): number => {
  if (typeof fault === "object") return fault.status;
  return fault === "reset" || fault === "hang" ? 0 : 200;
};

const hang = (signal: AbortSignal): Promise<Response> =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

/** What the caller gets instead of `body`, the answer that would have been sent. */
export const answerFault = (
  fault: Fault,
  body: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> => {
  if (fault === "hang") return hang(signal);
  if (fault === "reset")
    return Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNRESET" } }));
  if (fault === "empty") return Promise.resolve(new Response("", { status: 200, headers }));
  if (fault === "truncated") {
    return Promise.resolve(
      new Response(body.slice(0, Math.floor(body.length / 2)), { status: 200, headers }),
    );
  }
  const { status, html, code = "internal_server_error", message = "Unexpected error occurred." } = fault;
  if (html !== undefined) {
    const htmlHeaders = { ...headers, "content-type": "text/html", ...fault.headers };
    return Promise.resolve(new Response(html, { status, headers: htmlHeaders }));
  }
  const envelope = {
    object: "error",
    status,
    code,
    message,
    ...(fault.additionalData ? { additional_data: fault.additionalData } : {}),
    request_id: headers["x-notion-request-id"],
  };
  return Promise.resolve(
    new Response(JSON.stringify(envelope), { status, headers: { ...headers, ...fault.headers } }),
  );
};
