/** A workspace in another process, as it announced itself. */
export type AnnouncedWorkspace = {
  readonly url: string;
  readonly root_page_id: string;
  readonly tokens: {
    readonly bot: string;
    readonly people: Readonly<Record<string, string>>;
    readonly control: string;
  };
};

declare module "vitest" {
  interface ProvidedContext {
    readonly workspace: AnnouncedWorkspace;
  }
}

/** What an operator of the Worker would set to serve it. */
export const workerBindings = ({ url, root_page_id, tokens }: AnnouncedWorkspace) => ({
  NOTION_TOKEN: tokens.bot,
  NOTION_BASE_URL: url,
  NOTION_PARENT_PAGE: root_page_id,
  NOTION_PLAN: "business",
  NOTION_WEBHOOK_TOKEN: "secret_worker_webhook_token",
  PUBLIC_URL: "https://milepost.example/w/agency",
  LINK_SECRET: "0123456789abcdef0123456789abcdef",
  API_TOKEN: "0123456789abcdef",
  OFFICE_TIMEZONE: "Europe/Berlin",
  LOG_LEVEL: "warn",
});
