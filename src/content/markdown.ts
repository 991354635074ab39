import MarkdownIt, { type Token } from "markdown-it";

/** Only links that a mail program may open (reliability A33). */
const allowedLink = /^(?:https?:\/\/|mailto:)/i;

/** CommonMark with tables; HTML stays text, addresses in a text are not made into links (reliability A35). */
export const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.validateLink = (url) => allowedLink.test(url);
// An image would be fetched from wherever it says: its description stands in its place.
markdown.renderer.rules.image = (tokens, at) => markdown.utils.escapeHtml(tokens[at]?.content ?? "");
markdown.renderer.rules.fence = (tokens, at) =>
  `<pre style="margin:0 0 14px;white-space:pre-wrap"><code>${markdown.utils.escapeHtml(tokens[at]?.content ?? "")}</code></pre>\n`;

export type { Token };
