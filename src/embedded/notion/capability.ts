/** What an owner may allow a connection (documented: reference/capabilities; notion-api §8). */
export const allCapabilities = [
  "read_content",
  "update_content",
  "insert_content",
  "read_comments",
  "insert_comments",
  "read_users",
  "read_user_emails",
] as const;
export type Capability = (typeof allCapabilities)[number];
