import type { JsonObject } from "../model.ts";

/** A refusal in Notion's words: it becomes the error envelope of the response. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly additionalData: JsonObject | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    extra: { additionalData?: JsonObject; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.additionalData = extra.additionalData ?? null;
    this.headers = extra.headers ?? {};
  }
}

/** The catalogue of refusals (notion-api §7). */
export const invalidRequestUrl = (): ApiError =>
  new ApiError(400, "invalid_request_url", "Invalid request URL.");

export const invalidJson = (): ApiError => new ApiError(400, "invalid_json", "Error parsing JSON body.");

export const missingVersion = (): ApiError =>
  new ApiError(
    400,
    "missing_version",
    "Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.",
  );

/** Assumed: notion-api §7 gives the code without its text. There are no betas here. */
export const invalidBeta = (name: string): ApiError =>
  new ApiError(400, "invalid_beta", `Notion-Beta header failed validation: unknown beta "${name}".`);

export const unauthorized = (): ApiError => new ApiError(401, "unauthorized", "API token is invalid.");

export const validationError = (message: string): ApiError => new ApiError(400, "validation_error", message);

export const notAllowed = (message = "Insufficient permissions for this endpoint."): ApiError =>
  new ApiError(403, "restricted_resource", message);

export const notFound = (kind: string, id: string): ApiError =>
  new ApiError(
    404,
    "object_not_found",
    `Could not find ${kind} with ID: ${id}. Make sure the relevant pages and databases are shared with your integration "Milepost".`,
  );

export const rateLimited = (retryAfterSeconds: number, reason: string): ApiError =>
  new ApiError(429, "rate_limited", "You have been rate limited. Please try again later.", {
    additionalData: {
      rate_limit_reason: reason,
      retry_after: String(retryAfterSeconds),
    },
    headers: { "retry-after": String(retryAfterSeconds) },
  });

export const internalError = (): ApiError =>
  new ApiError(500, "internal_server_error", "Unexpected error occurred.");
