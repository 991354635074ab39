import type { Settings } from "../../src/config.ts";
import { MilepostError } from "../../src/types/errors.ts";

const answerMs = 10_000;

const addressOf = ({ host, port }: Settings, path: string): string => {
  const everywhere: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  const name = everywhere[host] ?? host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}${path}`;
};

/** What the running service answers; null for 404. */
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
  if (!response.ok) throw failed(`status ${response.status}`);
  return { json: await response.json().catch(() => null), address };
};

/** The answer is not what this service gives. */
export const notMilepost = ({ address }: Asked): MilepostError =>
  new MilepostError("service_silent", `${address}: the answer is not Milepost's`);
