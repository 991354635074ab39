/** Why an update does not leave, and what the team does about it; the text of Held because. Mustache, plain text. */
export const heldReasons = {
  nobody: "Nobody is in To. Choose who gets it. Then choose Ready again.",
  stranger:
    "Somebody in To is not among the project's Contacts. Add them there or take them out of To. Then choose Ready again.",
  addressMissing:
    "{{name}} has no mail address. Fill in Email on the contact's page. Then choose Ready again.",
  addressWrong:
    "The mail address of {{name}} cannot be used. Correct Email on the contact's page (one plain address, such as cleo@acme.example). Then choose Ready again.",
  refused:
    "The letter to {{name}} could not be delivered{{#problem}} ({{problem}}){{/problem}}. Check Email on the contact's page. Then choose Ready again.",
  unclear:
    "Nobody can say whether the letter to {{name}} arrived. Ask {{name}}; if it did not, choose Ready again.",
  stopped: "The letter to {{name}} was stopped before it left. Choose Ready again to send it.",
  lettersOff:
    "Client letters are Off for this project. Choose Review first or Automatic there. Then choose Ready again.",
  overtaken:
    "What it says is not so any more: since it was Ready the milestone was reopened, or the project moved on. Correct the text and choose Ready again, or choose Cancelled.",
  hidden: "Its milestone is not Client visible. Tick that on the milestone, then choose Ready again.",
  notOurs:
    "Milepost did not write this page, so it mails it to nobody. Put your text into a page that Milepost wrote, or send it yourself.",
  forTeam:
    "Measures are for your team, so this page is mailed to nobody. Choose Cancelled, or leave it as it is.",
  incomplete: "It waits and leaves by itself once Milepost can read the whole project again: {{gaps}}.",
  past: "It was set to Ready before letters to this client were switched on here. If it should still leave, choose Ready again.",
} as const;

export type HeldReason = keyof typeof heldReasons;
