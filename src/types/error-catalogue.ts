/** Every error a person may meet: what happened and what to do about it (design §3: a closed catalogue). */
export const errorCatalogue = {
  setting_invalid: {
    message: "A setting is missing or wrong.",
    todo: "Correct the named variable in the environment or in .env and start again.",
  },
  notion_throttled: {
    message: "The request budget of this minute is used up, or Notion asked for a pause.",
    todo: "Nothing: work goes on when the pause ends. If it comes back day after day, see what else uses the token or the workspace's limit; `public_api_request_blocked` is a matter for Notion's support.",
  },
  notion_unauthorized: {
    message: "Notion refuses the token.",
    todo: "Open the connection's settings in Notion, copy the token into NOTION_TOKEN and restart.",
  },
  notion_forbidden: {
    message: "The connection lacks a capability; what needs it waits, and everything else goes on.",
    todo: "In the connection's settings in Notion allow what is named (Milepost needs read, update and insert content, read and insert comments, and user information); work goes on by itself then.",
  },
  notion_not_found: {
    message: "Notion does not show this page or database to the connection.",
    todo: "Open it in Notion, choose Connections and add Milepost, or restore it from the trash.",
  },
  notion_conflict: {
    message: "Notion was saving another change to the same page.",
    todo: "Nothing: it is read again and retried.",
  },
  notion_refused: {
    message: "Notion refused a request as invalid.",
    todo: "See the request id in the log; the page is named in /status.",
  },
  notion_unknown: {
    message: "A request to Notion ended without a clear answer.",
    todo: "Nothing: it is made again, and a page is read before anything is written to it again. Where it stays, look at status.notion.so and at this machine's network.",
  },
  schema_broken: {
    message: "A property that Milepost needs is missing or has another type.",
    todo: "Restore the property in Notion, or stop Milepost, run `npm run milepost -- setup` to add it again, and start it.",
  },
  listing_cut: {
    message: "Notion lists no more than 10,000 rows, and some could not be told apart.",
    todo: "Edit some of these rows in another minute, or see that webhooks arrive; each edit is then read by itself.",
  },
  webhook_silent: {
    message: "Edits are found by polling that no webhook told of.",
    todo: "In the connection's settings open Webhooks: the subscription must be active, its address PUBLIC_URL followed by /webhooks/notion, its token NOTION_WEBHOOK_TOKEN.",
  },
  clock_skewed: {
    message:
      "This machine's clock and Notion's differ by more than two minutes; what is to happen at a set time waits.",
    todo: "Set this machine's clock (turn on its time synchronisation); work goes on by itself then.",
  },
  action_missed: {
    message: "Something that has its time was found too late, and is not made up for.",
    todo: "Look whether it is still wanted, and do it by hand; `npm run milepost -- plan` names it. This line goes after a week.",
  },
  suspected_overwrite: {
    message: "A person may have edited a value in the very moment in which Milepost wrote it.",
    todo: "Look at the named property's history in Notion and set it again if the person's value is gone.",
  },
  mass_change: {
    message:
      "Far more delivery records are gone or rewritten than on any usual day: nothing of it is taken in, and writes and mail stand still.",
    todo: "If nobody meant it, restore the pages from Notion's trash or share the database with Milepost again; work then goes on by itself. If it is right, run `npm run milepost -- confirm`.",
  },
  store_restored: {
    message:
      "Notion holds updates that Milepost made and this store does not know: it is an older copy. Letters, replies and new rows wait.",
    todo: "Check in Updates what was sent since the copy was made, then run `npm run milepost -- confirm`; what is still Ready leaves then.",
  },
  letters_burst: {
    message:
      "Far more letters came up within an hour than on any usual day; all of them wait, but for those that answer a client's click.",
    todo: "Look at what is Ready in Updates (`npm run milepost -- plan` lists it) and set what must not leave to Draft or Cancelled. Then run `npm run milepost -- confirm`: what is still Ready leaves.",
  },
  sentinel_missing: {
    message:
      "The page that holds Milepost's databases cannot be read; nothing is read or written until it can.",
    todo: "Open the page of NOTION_PARENT_PAGE in Notion, choose Connections and add Milepost, or restore it from the trash.",
  },
  store_taken: {
    message: "Another Milepost serves this data folder.",
    todo: "Nothing: this one takes over when the other ends. To run a second workspace, give it a DATA_DIR of its own.",
  },
  store_foreign: {
    message: "This data folder belongs to another Notion workspace.",
    todo: "Point DATA_DIR to an empty folder, or use the token of the first workspace.",
  },
  store_newer: {
    message: "This data folder was written by a newer Milepost.",
    todo: "Start the newer version, or restore a backup of the older one.",
  },
  store_busy: {
    message: "Another program keeps the files in DATA_DIR locked; nothing is taken in and nothing is sent.",
    todo: "Close what has milepost.sqlite open (a database browser, a backup); work goes on by itself then.",
  },
  store_unwritable: {
    message: "The files in DATA_DIR cannot be written; nothing is taken in and nothing is sent.",
    todo: "Free space on the disk of DATA_DIR, and see that Milepost may write there; work goes on by itself then.",
  },
  store_corrupt: {
    message: "A file in DATA_DIR is damaged; nothing is taken in and nothing is sent.",
    todo: "Stop Milepost, keep the damaged file aside, put the newest backup in its place in DATA_DIR and start again: what came later is read from Notion anew. Without a backup an empty DATA_DIR does too.",
  },
  store_missing: {
    message: "There is no store yet in this data folder.",
    todo: "Start Milepost once with `npm start`, or use the settings it runs with: DATA_DIR, and NOTION_TOKEN for a real workspace.",
  },
  setup_missing: { message: "The workspace has not been set up.", todo: "Run `npm run milepost -- setup`." },
  office_missing: {
    message: "The Office row is gone; the usual hours, time zone and letters count.",
    todo: "Restore it from Notion's trash, or stop Milepost, run `npm run milepost -- setup` to make it again, and start it.",
  },
  value_unusable: {
    message: "A value cannot be used as it is written.",
    todo: "Put the named property of the named page right; until then counts what is said beside it.",
  },
  record_incomplete: {
    message: "A stage request waits because part of the project's record cannot be read.",
    todo: "Mend what is named; the request is judged by itself then.",
  },
  schedule_unclear: {
    message:
      "Something in a project's schedule cannot be as it is written; it is left out or read otherwise.",
    todo: "Put the named property of the named page right: a business day, after what it waits for, in one project.",
  },
  mail_not_configured: {
    message: "Letters wait because no mail server is set.",
    todo: "Set SMTP_URL and MAIL_FROM and restart; the letters leave by themselves then.",
  },
  mail_channel_down: {
    message: "The mail server cannot be used; every letter waits and it is tried again by itself.",
    todo: "Check SMTP_URL and MAIL_FROM: address, port, password, certificate, permitted sender. The code says at which step it failed.",
  },
  mail_address_missing: {
    message: "A contact has no mail address.",
    todo: "Fill in Email on the contact's page and set the update to Ready again.",
  },
  mail_address_wrong: {
    message: "A contact's mail address cannot be used.",
    todo: "Correct Email on the contact's page (one plain address, such as cleo@acme.example) and set the update to Ready again.",
  },
  mail_address_changed: {
    message: "A contact's mail address was changed while a letter to the old one was on its way.",
    todo: "Set the update to Ready again; the letter then goes to the new address.",
  },
  mail_empty: {
    message: "An update that was set to Ready has no text.",
    todo: "Write the text on the update's page and set it to Ready again.",
  },
  mail_rejected: {
    message: "The mail server refused a letter for good.",
    todo: "See the code: a refused recipient is mended in Email on the contact's page. Then set the update to Ready again.",
  },
  mail_given_up: {
    message: "A letter could not be delivered within a day of trying.",
    todo: "Ask the client's or your own mail provider about the code, then set the update to Ready again.",
  },
  mail_outcome_unknown: {
    message: "The mail server took a letter and broke off before it confirmed it, twice.",
    todo: "It probably arrived: ask the contact. If it did not, set the update to Ready again.",
  },
  gate_braked: {
    message:
      "A page was changed against its gate again and again within a minute; putting it back waits a minute.",
    todo: "See who or what keeps changing it, an automation perhaps, and read the comment on the page.",
  },
  service_silent: {
    message: "Milepost's service does not answer as it should.",
    todo: "Start it with `npm start`, or correct HOST, PORT and API_TOKEN: they must be those it was started with.",
  },
  service_unready: {
    message: "Milepost's service runs, but cannot answer this now.",
    todo: "Mend what is named, or wait a moment; then ask again.",
  },
  internal_error: {
    message: "A step failed in a way nobody foresaw; it is tried again and the others go on.",
    todo: "Find the trace id in the log and report it.",
  },
  dead_letter: {
    message: "A step failed five times in a row and is not tried again; everything else goes on.",
    todo: "Find the trace id in the log and report it. `npm run milepost -- redrive` tries it again.",
  },
  rule_failed: {
    message: "A rule failed on this project; it is parked and the others go on.",
    todo: "See the trace id in the log and report it.",
  },
} as const satisfies Record<string, { message: string; todo: string }>;

export type ErrorCode = keyof typeof errorCatalogue;
