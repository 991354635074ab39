import { z } from "zod";
import type { Settings } from "../../src/config.ts";
import { type ErrorCode, errorCatalogue } from "../../src/types/error-catalogue.ts";
import { MilepostError } from "../../src/types/errors.ts";

const answerMs = 10_000;

const addressOf = ({ host, port }: Settings, path: string): string => {
  const everywhere: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  const name = everywhere[host] ?? host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}${path}`;
};

/** What the running service answers, also where it says why it cannot; null for 404. */
export type Asked = { readonly json: unknown; readonly address: string };

/**
 * Asks the running service as its operator; with a body the request is a POST of it.
 * @throws MilepostError `service_silent`
 */
export const askService = async (settings: Settings, path: string, body?: unknown): Promise<Asked | null> => {
  const address = addressOf(settings, path);
  const headers: Record<string, string> =
    settings.mode === "workspace" ? { authorization: `Bearer ${settings.apiToken[0]}` } : {};
  if (body !== undefined) headers["content-type"] = "application/json";
  const failed = (why: string): MilepostError => new MilepostError("service_silent", `${address}: ${why}`);
  const response = await fetch(address, {
    ...{ headers, signal: AbortSignal.timeout(answerMs) },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  }).catch(() => {
    throw failed("no answer");
  });
  if (response.status === 404) return null;
  const json: unknown = await response.json().catch(() => null);
  // The service says itself why it fails: /status on a damaged store even in the form of its answer.
  if (!response.ok && (response.status < 500 || json === null)) throw failed(`status ${response.status}`);
  return { json, address };
};

/** What the service says in place of an answer: problems as /status names them, an error, or that it stands by. */
const excuse = z.object({
  problems: z.array(z.object({ code: z.string(), detail: z.string().nullish() })).optional(),
  ...{ error: z.string().optional(), request_id: z.string().optional() },
  status: z.string().optional(),
});

/** Whether a text is the code of an error that is known here. */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCatalogue, code);

const standsBy = "it stands by: another one serves its data folder, or it is still starting";

/** Why the answer is not what was asked for, as far as it says so itself. */
export const whyNot = ({ json, address }: Asked): MilepostError => {
  const { problems = [], error, request_id: requestId, status } = excuse.safeParse(json).data ?? {};
  const { code, detail } = problems[0] ?? { code: error ?? "", detail: requestId };
  if (isErrorCode(code)) return new MilepostError(code, detail ?? "");
  const said = status === "standby" ? standsBy : error;
  return said === undefined
    ? new MilepostError("service_silent", `${address}: the answer is not Milepost's`)
    : new MilepostError("service_unready", said);
};
