import { markdown, type Token } from "./markdown.ts";

const { escapeHtml } = markdown.utils;

/** Mail programs drop style sheets now and then: what a letter needs stands at its elements. */
const styles: Readonly<Record<string, string>> = {
  h1: "margin:0 0 16px;font-size:24px;line-height:1.3;font-weight:700",
  h2: "margin:28px 0 8px;font-size:18px;line-height:1.35;font-weight:700",
  h3: "margin:24px 0 6px;font-size:16px;line-height:1.4;font-weight:700",
  h4: "margin:20px 0 6px;font-size:16px;line-height:1.4;font-weight:700",
  p: "margin:0 0 14px",
  ul: "margin:0 0 14px;padding:0 0 0 22px",
  ol: "margin:0 0 14px;padding:0 0 0 24px",
  li: "margin:0 0 6px",
  blockquote: "margin:0 0 14px;padding:0 0 0 14px;border-left:3px solid #d0ccc4",
  table: "margin:0 0 14px;border-collapse:collapse;width:100%",
  th: "padding:6px 8px;border-bottom:2px solid #d0ccc4;text-align:left;vertical-align:top",
  td: "padding:6px 8px;border-bottom:1px solid #e4e1db;vertical-align:top",
  hr: "margin:24px 0;border:0;border-top:1px solid #d0ccc4",
  code: "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px",
};

const defaultColour = "#1f4e79";
const dark = "#1b1b1b";

/** Colours that can be read: `accent` as a surface with `onAccent` on it, `link` as text on white. */
export type Palette = { readonly accent: string; readonly onAccent: string; readonly link: string };

/** A palette from an office's colour (`#rrggbb` or `#rgb`); the usual one where the text is no colour. */
export const paletteOf = (colour: string): Palette => {
  const text = colour.trim().toLowerCase();
  const accent = /^#[0-9a-f]{3}$/.test(text) ? text.replace(/[0-9a-f]/g, "$&$&") : text;
  if (!/^#[0-9a-f]{6}$/.test(accent)) return paletteOf(defaultColour);
  const light = luminance(accent);
  return {
    accent,
    onAccent: contrast(light, 1) >= contrast(light, luminance(dark)) ? "#ffffff" : dark,
    link: contrast(light, 1) >= 4.5 ? accent : dark,
  };
};

/** Relative luminance and contrast as WCAG 2.2 defines them. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

const styled = (tokens: readonly Token[], palette: Palette): Token[] => {
  tokens.forEach((token, at) => {
    const style = at === 0 || token.level > 0 ? fittedStyle(token) : styles[token.tag];
    if (style !== undefined && token.nesting >= 0) token.attrSet("style", style);
    if (token.type === "link_open") token.attrSet("style", `color:${palette.link};overflow-wrap:anywhere`);
    if (token.type === "link_open") token.attrSet("class", "link");
    if (token.children) styled(token.children, palette);
  });
  return [...tokens];
};

/** The first block has the page's own space above it; a list within a list belongs to its item. */
const fittedStyle = ({ tag, level }: Token): string | undefined => {
  if (level === 0) return styles[tag]?.replace(/^margin:\d+px/, "margin:0");
  return tag === "ul" || tag === "ol"
    ? styles[tag]?.replace("margin:0 0 14px", "margin:6px 0 0")
    : styles[tag];
};

export type LayoutParts = {
  readonly subject: string;
  readonly officeName: string;
  readonly body: readonly Token[];
  readonly button: Readonly<Record<"question" | "label" | "note" | "address", string>> | null;
  readonly footer: string;
  readonly palette: Palette;
};

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

const buttonHtml = ({ button, palette }: LayoutParts): string =>
  button === null
    ? ""
    : `<p style="margin:22px 0 12px;font-weight:600">${escapeHtml(button.question)}</p>
<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 8px"><tr>
<td style="border-radius:6px;background:${palette.accent}"><a href="${escapeHtml(button.address)}" style="display:inline-block;padding:13px 24px;border-radius:6px;background:${palette.accent};color:${palette.onAccent};font-weight:600;text-decoration:none">${escapeHtml(button.label)}</a></td>
</tr></table>
<p class="quiet" style="margin:0 0 14px;font-size:13px;line-height:1.5;color:#5f5b55">${escapeHtml(button.note)}</p>`;

/** The letter as one HTML page: one column of at most 600 px, readable without its style sheet and in the dark. */
export const mailHtml = (parts: LayoutParts): string => `<!doctype html>
<html lang="en"><head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(parts.subject)}</title>
<style>
:root { color-scheme: light dark; }
@media (max-width: 480px) { .pad { padding-left: 20px !important; padding-right: 20px !important; } .page { padding: 0 !important; } }
@media (prefers-color-scheme: dark) {
  .page { background: #161616 !important; }
  .letter { background: #222222 !important; color: #ebe8e3 !important; }
  .quiet { color: #b3aea6 !important; }
  .link { color: #8fc1f5 !important; }
  .line { border-color: #3a3936 !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f2ef"><div role="main">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f3f2ef;padding:24px 0"><tr><td align="center">
<table role="presentation" class="letter" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;color:#26241f;${font};font-size:16px;line-height:1.55;text-align:left;border-top:4px solid ${parts.palette.accent}">
<tr><td class="pad" style="padding:20px 32px 0"><h1 class="quiet" style="margin:0;font-size:14px;font-weight:600;color:#5f5b55">${escapeHtml(parts.officeName)}</h1></td></tr>
<tr><td class="pad" style="padding:18px 32px 10px;overflow-wrap:anywhere">
${markdown.renderer.render(styled(parts.body, parts.palette), markdown.options, {})}${buttonHtml(parts)}
</td></tr>
<tr><td class="pad" style="padding:0 32px 24px"><p class="quiet line" style="margin:14px 0 0;padding:14px 0 0;border-top:1px solid #e4e1db;font-size:13px;line-height:1.5;color:#5f5b55">${escapeHtml(parts.footer)}</p></td></tr>
</table>
</td></tr></table>
</div></body></html>
`;
