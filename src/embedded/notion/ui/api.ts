import type { Workspace } from "../workspace.ts";
import type { Api, ApiList } from "./model.ts";

/** A request that the API refused; `message` is what it said. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "RefusedError";
    this.status = status;
  }
}

/** Only the path counts: the request does not leave the process. */
const origin = "http://workspace";

export const createApi = (workspace: Workspace, token: string, signal: AbortSignal): Api => {
  const request = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await workspace.fetch(`${origin}/v1/${path}`, {
      method,
      signal,
      headers: {
        authorization: `Bearer ${token}`,
        "notion-version": "2026-03-11",
        "content-type": "application/json",
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new RefusedError(response.status, messageIn(text));
    return JSON.parse(text) as T;
  };
  return { get: (path) => request("GET", path), send: request };
};

const messageIn = (text: string): string => {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? message : text;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
};

/** All of a list that GET pages through. */
export const listAll = async <T>(api: Api, path: string): Promise<T[]> => {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const start: string = cursor === null ? "" : `${path.includes("?") ? "&" : "?"}start_cursor=${cursor}`;
    const page: ApiList<T> = await api.get(`${path}${start}`);
    all.push(...page.results);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return all;
};
