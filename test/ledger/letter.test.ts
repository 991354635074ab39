import PostalMime from "postal-mime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findLetter } from "../../src/store/letters.ts";
import { createLedgerWorld, type LedgerWorld, type Prepared } from "../support/ledger.ts";
import { addRow, edit } from "../support/rows.ts";
import { type ScriptedSmtp, startScriptedSmtp } from "../support/smtp-server.ts";

const minute = 60_000;
let smtp: ScriptedSmtp;
let ledger: LedgerWorld;
beforeEach(async () => {
  smtp = await startScriptedSmtp();
  ledger = await createLedgerWorld(smtp.url);
});
afterEach(async () => {
  ledger.world.close();
  await smtp.close();
});

const wantLetter = (
  { projectId, contactId, updateId }: Prepared,
  more: { atOnce?: boolean; milestone?: string } = {},
): string =>
  ledger.want(
    projectId,
    {
      ...{ kind: "letter", updateId, contactId, atOnce: more.atOnce ?? false },
      link: more.milestone === undefined ? null : { purpose: "sign-off", pageId: more.milestone },
    },
    `${updateId}:${contactId}`,
  );
const dana = () => ledger.world.as("Dana Reyes");
const pass = (ms: number) => ledger.world.clock.advance(ms);

describe("a letter", () => {
  test("goes out once, from the office's sender, with the update's text and a link whose token is stored nowhere", async () => {
    const prepared = await ledger.prepare();
    const milestone = await addRow(dana(), ledger.sources, "milestones", {
      Name: "Soft launch",
      Project: prepared.projectId,
    });
    const office = (await dana().dataSources.query({ data_source_id: ledger.sources.office })).results[0];
    await edit(dana(), "office", office?.id ?? "", { Sender: "Dana Reyes" });
    await ledger.world.pass(5 * minute);
    const key = wantLetter(prepared, { milestone });
    expect(await ledger.step(key, ledger.context())).toBe("done");
    expect(await ledger.step(key, ledger.context())).toBe("done");
    expect(smtp.messages).toHaveLength(1);
    const email = await PostalMime.parse(smtp.messages[0]?.bytes ?? "");
    expect(email).toMatchObject({
      subject: "Soft launch is complete",
      from: { name: "Dana Reyes", address: "letters@north.example" },
      to: [{ address: "cleo@acme.example" }],
    });
    expect(email.messageId).toMatch(/^<[0-9a-f]{32}@milepost\.test>$/);
    expect(email.text).toContain("- Leads reach the CRM");
    expect(email.text).toContain("http://milepost.test/l/token-of-");
    const stored = findLetter(ledger.world.store, key);
    expect(stored?.text).toContain(`https://client-link.invalid/${stored?.linkId}`);
    expect(`${stored?.text}${stored?.html}`).not.toContain("token-of");
  });

  test("waits for the reader's office hours unless it answers a click", async () => {
    const prepared = await ledger.prepare({ zone: "America/Los_Angeles" });
    const key = wantLetter(prepared);
    expect(await ledger.step(key, ledger.context())).toBe("pending");
    expect(new Date(Number(ledger.action(key).not_before)).toISOString()).toBe("2026-11-24T17:00:00.000Z");
    const other = await ledger.prepare({ zone: "America/Los_Angeles", email: "lou@acme.example" });
    expect(await ledger.step(wantLetter(other, { atOnce: true }), ledger.context())).toBe("done");
    expect(smtp.messages.map(({ to }) => to)).toEqual([["lou@acme.example"]]);
    await pass(8 * 60 * minute);
    expect(await ledger.step(key, ledger.context())).toBe("done");
    expect(smtp.messages).toHaveLength(2);
  });

  test("without a mail server waits, and /status says why until one works", async () => {
    const key = wantLetter(await ledger.prepare());
    expect(await ledger.step(key, ledger.context({ smtpUrl: null }))).toBe("pending");
    expect(ledger.problemCodes()).toEqual(["mail_not_configured"]);
    await pass(15 * minute);
    expect(await ledger.step(key, ledger.context())).toBe("done");
    expect(ledger.problemCodes()).toEqual([]);
  });
});

describe("a server that refuses", () => {
  test("for now (greylisting) gets the same bytes again after a minute, and takes one mail", async () => {
    const key = wantLetter(await ledger.prepare());
    smtp.script({ dot: "451 later" });
    await ledger.step(key, ledger.context());
    await ledger.step(key, ledger.context());
    expect(smtp.messages).toHaveLength(1);
    await pass(minute);
    smtp.script({});
    expect(await ledger.step(key, ledger.context())).toBe("done");
    expect(smtp.messages.map(({ taken }) => taken)).toEqual([false, true]);
    expect(smtp.messages[1]?.bytes).toBe(smtp.messages[0]?.bytes);
  });

  test("for now all day long is given up after a day, and says so", async () => {
    const key = wantLetter(await ledger.prepare(), { atOnce: true });
    smtp.script({ rcpt: "450 greylisted" });
    const start = ledger.world.clock.now();
    while ((await ledger.step(key, ledger.context())) === "running")
      await pass(Number(ledger.action(key).not_before) - ledger.world.clock.now());
    const hours = (ledger.world.clock.now() - start) / 3_600_000;
    expect(hours).toBeGreaterThan(22);
    expect(hours).toBeLessThanOrEqual(24);
    expect(smtp.connections()).toBe(28);
    expect(ledger.action(key).state).toBe("dead");
    expect(ledger.problemCodes()).toEqual(["mail_given_up"]);
  });

  test("one recipient for good, one for now, takes the third one's letter: three letters, each with its own end", async () => {
    const contacts = ["ok@acme.example", "later@acme.example", "gone@acme.example"];
    smtp.script((to) =>
      to.startsWith("later") ? { rcpt: "450 later" } : to.startsWith("gone") ? { rcpt: "550 nobody" } : {},
    );
    const keys: string[] = [];
    for (const email of contacts) keys.push(wantLetter(await ledger.prepare({ email })));
    const states: string[] = [];
    for (const key of keys) states.push(await ledger.step(key, ledger.context()));
    expect(states).toEqual(["done", "running", "dead"]);
    expect(smtp.messages.map(({ to }) => to)).toEqual([["ok@acme.example"]]);
    expect(String(ledger.action(keys[2] ?? "").result)).toContain("rcpt_550");
    expect(ledger.problemCodes()).toEqual(["mail_rejected"]);
  });

  test.each([
    ["the login", { auth: "535 wrong password" }, 30 * minute],
    ["the sender", { mail: "550 not from you" }, minute],
    ["everything", { banner: "554 go away" }, minute],
  ])(
    "%s pauses all mail after one attempt, with one alert, and is tried again",
    async (_what, script, rest) => {
      const context = ledger.context({ smtpUrl: smtp.url.replace("//", "//north:secret@") });
      const keys = [
        wantLetter(await ledger.prepare({ email: "one@acme.example" })),
        wantLetter(await ledger.prepare({ email: "two@acme.example" })),
      ];
      smtp.script(script);
      for (const key of keys) await ledger.step(key, context);
      expect(smtp.connections()).toBe(1);
      expect(ledger.problemCodes()).toEqual(["mail_channel_down"]);
      await pass(rest - 1);
      for (const key of keys) await ledger.step(key, context);
      expect(smtp.connections()).toBe(1);
      await pass(1);
      smtp.script({});
      for (const key of keys) expect(await ledger.step(key, context)).toBe("done");
      expect(smtp.messages.map(({ to }) => to[0])).toEqual(["one@acme.example", "two@acme.example"]);
      expect(ledger.problemCodes()).toEqual([]);
      expect(keys.map((key) => ledger.action(key).attempts)).toEqual([0, 0]);
    },
  );
});

describe("a letter that may have arrived", () => {
  test("is sent once more with the same bytes when the connection broke after the final dot", async () => {
    const key = wantLetter(await ledger.prepare());
    smtp.script({ dot: "drop" });
    expect(await ledger.step(key, ledger.context())).toBe("running");
    await pass(5 * minute);
    smtp.script({});
    expect(await ledger.step(key, ledger.context())).toBe("done");
    expect(smtp.messages).toHaveLength(2);
    expect(smtp.messages[1]?.bytes).toBe(smtp.messages[0]?.bytes);
  });

  test("is never sent a third time; a person is told", async () => {
    const key = wantLetter(await ledger.prepare());
    smtp.script({ dot: "drop" });
    for (let round = 0; round < 6; round++) {
      await ledger.step(key, ledger.context());
      await pass(5 * minute);
    }
    expect(smtp.messages).toHaveLength(2);
    expect(ledger.action(key).state).toBe("unknown");
    expect(ledger.problemCodes()).toEqual(["mail_outcome_unknown"]);
  });

  test("is sent once more, and no oftener, when the process ended before it had stored the outcome", async () => {
    const key = wantLetter(await ledger.prepare());
    const killed = {
      ...ledger.context(),
      probe: (point: string) => {
        if (point === "mail.send.after") throw new Error("killed");
      },
    };
    await expect(ledger.step(key, killed)).rejects.toThrow("killed");
    await expect(ledger.step(key, killed)).rejects.toThrow("killed");
    expect(await ledger.step(key, ledger.context())).toBe("unknown");
    expect(smtp.messages).toHaveLength(2);
    expect(smtp.messages[1]?.bytes).toBe(smtp.messages[0]?.bytes);
  });
});

test("a server that is silent after the final dot holds up one letter, not each in turn", async () => {
  let sent = 0;
  const send = async () => {
    sent += 1;
    return { kind: "unknown", code: "dot_ETIMEDOUT" } as const;
  };
  const context = { ...ledger.context(), mail: { mailer: { send }, from: "letters@north.example" } };
  const keys = [
    wantLetter(await ledger.prepare({ email: "one@acme.example" })),
    wantLetter(await ledger.prepare({ email: "two@acme.example" })),
  ];
  for (const key of keys) await ledger.step(key, context);
  expect(sent).toBe(1);
  expect(ledger.problemCodes()).toEqual(["mail_channel_down"]);
});

describe("the link of a letter that waits for the morning", () => {
  const overNight = 8 * 60 * minute;
  const withMilestone = async () => {
    const prepared = await ledger.prepare({ zone: "America/Los_Angeles" });
    const milestone = await addRow(dana(), ledger.sources, "milestones", {
      ...{ Name: "Soft launch", Project: prepared.projectId, Deliverable: "A bot" },
    });
    const key = wantLetter(prepared, { milestone });
    expect(await ledger.step(key, ledger.context())).toBe("pending");
    return { key, milestone, ...prepared };
  };
  const links = () => ledger.world.store.exec("SELECT covers, expires_at FROM links");

  test("asks about what the milestone says when it leaves, and is good for seven days from then", async () => {
    const { key, milestone } = await withMilestone();
    await edit(dana(), "milestones", milestone, { Deliverable: "A better bot" });
    await pass(overNight);
    expect(await ledger.step(key, ledger.context())).toBe("done");
    const [link, ...others] = links();
    expect(others).toEqual([]);
    expect(link?.covers).toContain("A better bot");
    expect(link?.expires_at).toBe(ledger.world.clock.now() + 7 * 24 * 60 * minute);
  });

  test("ends with the old address, which may be a stranger's", async () => {
    const { key, contactId } = await withMilestone();
    await pass(overNight);
    smtp.script({ rcpt: "450 later" });
    await ledger.step(key, ledger.context());
    await edit(dana(), "contacts", contactId, { Email: { email: "new@acme.example" } });
    await pass(minute);
    expect(await ledger.step(key, ledger.context())).toBe("dead");
    expect(ledger.world.store.exec("SELECT revoked_at FROM links")[0]?.revoked_at).not.toBeNull();
  });

  test("that cannot be signed any more leaves with no letter", async () => {
    const { key } = await withMilestone();
    await pass(overNight);
    const context = { ...ledger.context(), linkFor: async () => null };
    expect(await ledger.step(key, context)).toBe("dead");
    expect(smtp.connections()).toBe(0);
  });
});

describe("nothing is sent", () => {
  test.each([
    ["", "mail_address_missing"],
    ["cleo@acme", "mail_address_wrong"],
    ["a@acme.example,b@acme.example", "mail_address_wrong"],
  ])("to the address %j; the sentence says what to do", async (email, code) => {
    const key = wantLetter(await ledger.prepare({ email }));
    expect(await ledger.step(key, ledger.context())).toBe("dead");
    expect(smtp.connections()).toBe(0);
    expect(ledger.problemCodes()).toEqual([code]);
    expect(String(ledger.action(key).result)).toMatch(/Email.*Then choose Ready again\.$/);
  });

  test("of an update without text", async () => {
    const key = wantLetter(await ledger.prepare({ body: "" }));
    expect(await ledger.step(key, ledger.context())).toBe("dead");
    expect(ledger.problemCodes()).toEqual(["mail_empty"]);
  });

  test.each([
    [
      "the project was trashed",
      ({ projectId }: Prepared) => dana().pages.update({ page_id: projectId, in_trash: true }),
    ],
    [
      "the update was trashed",
      ({ updateId }: Prepared) => dana().pages.update({ page_id: updateId, in_trash: true }),
    ],
    [
      "the update was taken back",
      ({ updateId }: Prepared) => edit(dana(), "updates", updateId, { State: "Draft" }),
    ],
    [
      "letters were switched off",
      ({ projectId }: Prepared) => edit(dana(), "projects", projectId, { "Client letters": "Off" }),
    ],
  ])("when %s in the meantime, whatever the mirror says", async (_what, change) => {
    const prepared = await ledger.prepare();
    const key = wantLetter(prepared);
    await change(prepared);
    expect(await ledger.step(key, ledger.context())).toBe("cancelled");
    expect(smtp.connections()).toBe(0);
  });

  test.each([
    ["was taken out of To", ({ updateId }: Prepared) => edit(dana(), "updates", updateId, { To: "" })],
    [
      "is not the project's any more",
      ({ projectId }: Prepared) => edit(dana(), "projects", projectId, { Contacts: "" }),
    ],
    [
      "is in another project's letter now",
      async ({ updateId }: Prepared) => {
        const other = await ledger.prepare();
        await edit(dana(), "updates", updateId, { Project: other.projectId });
      },
    ],
  ])("after a failed try to a contact who %s", async (_what, change) => {
    const prepared = await ledger.prepare();
    const key = wantLetter(prepared);
    smtp.script({ rcpt: "450 later" });
    expect(await ledger.step(key, ledger.context())).toBe("running");
    smtp.script({});
    await change(prepared);
    await pass(minute);
    expect(await ledger.step(key, ledger.context())).toBe("cancelled");
    expect(smtp.messages).toEqual([]);
  });

  test("while Client letters is missing in Notion and might say Off", async () => {
    const keys = [wantLetter(await ledger.prepare()), wantLetter(await ledger.prepare())];
    const [first = "", second = ""] = keys;
    const properties = { "Client letters": null };
    await dana().dataSources.update({ data_source_id: ledger.sources.projects, properties });
    expect(await ledger.step(first, ledger.context())).toBe("pending");
    await ledger.world.pass(15 * minute);
    expect(await ledger.step(second, ledger.context())).toBe("pending");
    expect(smtp.connections()).toBe(0);
  });

  test("to an address that was corrected before the first attempt; the letter follows the contact", async () => {
    const prepared = await ledger.prepare({ zone: "America/Los_Angeles" });
    const key = wantLetter(prepared);
    await ledger.step(key, ledger.context());
    await edit(dana(), "contacts", prepared.contactId, { Email: { email: "new@acme.example" } });
    await pass(8 * 60 * minute);
    expect(await ledger.step(key, ledger.context())).toBe("done");
    expect(smtp.messages.map(({ to }) => to[0])).toEqual(["new@acme.example"]);
  });

  test("to either address when it was changed after an attempt", async () => {
    const prepared = await ledger.prepare();
    const key = wantLetter(prepared);
    smtp.script({ rcpt: "450 later" });
    await ledger.step(key, ledger.context());
    await edit(dana(), "contacts", prepared.contactId, { Email: { email: "new@acme.example" } });
    smtp.script({});
    await pass(minute);
    expect(await ledger.step(key, ledger.context())).toBe("dead");
    expect(smtp.messages).toHaveLength(0);
    expect(ledger.problemCodes()).toEqual(["mail_address_changed"]);
  });
});
