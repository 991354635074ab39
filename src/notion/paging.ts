/** The largest page that Notion gives (reference/notion-api §4), from `cursor` on. */
export const pageFrom = (cursor: string | undefined): { page_size: number; start_cursor?: string } => ({
  page_size: 100,
  ...(cursor === undefined ? {} : { start_cursor: cursor }),
});
