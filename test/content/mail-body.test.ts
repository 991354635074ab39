import { describe, expect, test } from "vitest";
import { mailBody, withLink } from "../../src/content/mail-body.ts";

const body = (markdown: string, changes: Partial<Parameters<typeof mailBody>[0]> = {}) =>
  mailBody({
    subject: "Week 48",
    markdown,
    office: { name: "North Agency", colour: "#1f6feb" },
    link: null,
    footer: "You get this mail because North Agency works with you on Lead bot.",
    ...changes,
  });

describe("the plain text", () => {
  test("reads well: headings, lists, links with their addresses, tables", () => {
    const { text } = body(
      [
        "## This week",
        "Hi Cleo,",
        "All is **well**.",
        "- One",
        "\t- Below one",
        "- Two, see [the demo](https://demo.example/a?b=1&c=2)",
        "1. First",
        "2. Second",
        "> Said by you",
        '<table header-row="true">',
        "<tr>",
        "<td>Week</td>",
        "<td>Leads</td>",
        "</tr>",
        "<tr>",
        "<td>47</td>",
        "<td>112</td>",
        "</tr>",
        "</table>",
        "- [x] Done",
      ].join("\n"),
    );
    expect(text).toBe(
      [
        "This week",
        "---------",
        "Hi Cleo,",
        "",
        "All is well.",
        "",
        "- One",
        "  - Below one",
        "- Two, see the demo (https://demo.example/a?b=1&c=2)",
        "",
        "1. First",
        "2. Second",
        "",
        "> Said by you",
        "",
        "Week | Leads",
        "47 | 112",
        "",
        "- ☑ Done",
        "",
        "--",
        "North Agency",
        "You get this mail because North Agency works with you on Lead bot.",
        "",
      ].join("\n"),
    );
  });

  test("leaves out what only Notion shows and keeps the words in it", () => {
    const { text } = body(
      '<callout icon="💡" color="blue_bg">\n\tMind <span underline="true">this</span>, <mention-user url="user://1">Dana</mention-user>\n</callout>\n<empty-block/>\nDue <mention-date start="2026-12-01"/> {color="red"}\nOne<br>two',
    );
    expect(text.split("\n--\n")[0]).toBe("Mind this, Dana\n\nDue 2026-12-01\n\nOne\ntwo\n");
  });
});

describe("hostile texts", () => {
  test.each([
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>",
    "</td></table><style>*{display:none}</style>",
    "[click](javascript:alert(1))",
    "[click](data:text/html,x)",
    "[click](JaVaScRiPt:alert(1))",
    "![x](https://tracker.example/pixel.png)",
    '[x](https://a.example "onmouseover=alert(1)")',
    "`</code><script>alert(1)</script>`",
    "```\n</pre><script>alert(1)</script>\n```",
    "- <iframe src=//evil.example>",
  ])("%s stays text", (hostile) => {
    const { html } = body(hostile, {
      subject: hostile,
      footer: hostile,
      office: { name: hostile, colour: `red;${hostile}` },
    });
    const plain = body("Hello");
    const tags = (text: string): string[] =>
      [...text.matchAll(/<\/?([a-z][\w-]*)/gi)].map(([, name]) => name ?? "");
    const known = new Set([...tags(plain.html), "a", "p", "ul", "li", "code", "pre"]);
    expect(tags(html).filter((name) => !known.has(name))).toEqual([]);
    expect(html).not.toMatch(/(?:href|src)="(?!https?:|mailto:)/i);
    expect(html).not.toMatch(/<[^>]+\son\w+\s*=/i);
    expect(html).not.toMatch(/<[^>]*tracker\.example/);
  });

  test("braces are shown as they are and hidden characters are taken out", () => {
    const { text, html } = body("{{office.secret}} ab\u202ecd\u200b\u2066e\u0007");
    expect(text).toContain("{{office.secret}} abcde\n");
    expect(html).toContain("{{office.secret}} abcde");
  });

  test("an address in a text is not made into a link", () => {
    expect(body("Go to http://evil.example now").html).not.toContain("href");
  });

  test("a hundred thousand brackets take no time worth speaking of", () => {
    for (const evil of ["(", "[", "<", "*", "`", " ", "a", "![", "<td>", "\\", "<br>"])
      expect(body(evil.repeat(100_000 / evil.length)).text).toContain("North Agency");
  }, 20_000);
});

const link = { purpose: "sign-off", linkId: "0b9f9f7c-5a2b" } as const;

describe("the client's link", () => {
  const address = "https://milepost.example/l/v1.k.a&b";

  test("stands in text and HTML only when the letter is sent, wherever the button is", () => {
    const stored = body("Please look.", { link });
    const sent = withLink(stored, link.linkId, address);
    expect(stored.html).toContain(`href="https://client-link.invalid/${link.linkId}"`);
    expect(sent.text).toContain(`Are we good to go on?\n\nReview and sign off:\n${address}\n`);
    expect(sent.html).toContain('href="https://milepost.example/l/v1.k.a&amp;b"');
    expect(sent.text + sent.html).not.toContain("client-link.invalid");
  });

  test("is not asked for in a letter that has none", () => {
    const { text, html } = body("Please look.");
    expect(text + html).not.toMatch(/Are we good to go on|sign off/);
  });

  test.each([
    "https://client-link.invalid/",
    "https://client-link\\.invalid/",
    "[x](https://evil.example/?https://client-link\\.invalid/)",
    "https://client-link.https://client-link.invalid/invalid/",
  ])("is not put where whoever wrote %s into the text wants it", (text) => {
    const sent = withLink(body(`Look: ${text}`, { link }), link.linkId, address);
    expect(sent.text.split(address)).toHaveLength(2);
    expect(sent.html.split("/l/v1.k.")).toHaveLength(2);
  });
});

test("the button can be read in every colour that an office may choose", () => {
  const shown = (colour: string) =>
    /border-radius:6px;background:(#\w+);color:(#\w+)/.exec(
      body("x", { link, office: { name: "N", colour } }).html,
    );
  expect(shown("#ffe600")?.slice(1)).toEqual(["#ffe600", "#1b1b1b"]);
  expect(shown("#036")?.slice(1)).toEqual(["#003366", "#ffffff"]);
  expect(shown("sky blue")?.slice(1)).toEqual(["#1f4e79", "#ffffff"]);
});

test("the same parts give the same letter", () => {
  expect(body("## A\n- b")).toEqual(body("## A\n- b"));
});
