/** Record addresses since June 2026 (notion-api §1); clients must not parse them. */
export const pageUrl = (id: string): string => `https://app.notion.com/p/${id.replaceAll("-", "")}`;
