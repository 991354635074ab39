import type { Cells, SampleRow } from "./sample-row.ts";

/** How the sample agency works; its people are those of the workspace. */
export const office: Cells = {
  Agency: "Fernhill Automation",
  Sender: "Dana Reyes",
  Colour: "#0F766E",
  "Time zone": "Europe/Berlin",
  "Working days": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
  "Work starts": "09:00",
  "Work ends": "18:00",
  "Practice lead": ["Pablo Ortiz"],
  Executive: ["Clara Voss"],
  "May override": ["Dana Reyes"],
  "Support tiers": [
    "Standard: answer within 8 office hours, 2 hours of changes a month",
    "Priority: answer within 4 office hours, 6 hours of changes a month",
    "Premium: answer within 1 office hour, 12 hours of changes a month",
  ].join("\n"),
  "Default letters": "Review first",
};

const contact = (cells: Cells): SampleRow => ({ by: "Dana Reyes", cells });

/** The clients' people. Their addresses are reserved for examples (RFC 2606), so that no mail could ever reach anyone. */
export const contacts: readonly SampleRow[] = [
  contact({
    Name: "Hannah Vogt",
    Email: "hannah.vogt@lumen-solar.example.com",
    Phone: "+49 30 5550 1201",
    Client: "Lumen Solar",
    Role: ["Primary"],
  }),
  contact({
    Name: "Marek Dvořák",
    Email: "marek.dvorak@lumen-solar.example.com",
    Client: "Lumen Solar",
    Role: ["Technical"],
  }),
  contact({
    Name: "Eleanor Finch",
    Email: "eleanor@alder-finch.example.org",
    Phone: "+44 20 5550 0188",
    Client: "Alder & Finch Outdoor",
    Role: ["Primary"],
    "Time zone": "Europe/London",
  }),
  contact({
    Name: "Sam Okafor",
    Email: "sam.okafor@alder-finch.example.org",
    Client: "Alder & Finch Outdoor",
    Role: ["Technical", "Escalation"],
    "Time zone": "Europe/London",
  }),
  contact({
    Name: "Jonas Weber",
    Email: "jonas.weber@copperline.example.com",
    Phone: "+49 40 5550 0467",
    Client: "Copperline Coffee Roasters",
    Role: ["Primary", "Billing"],
  }),
  contact({
    Name: "Priya Nair",
    Email: "priya.nair@brookfield-dental.example.com",
    Client: "Brookfield Dental Group",
    Role: ["Primary"],
  }),
  contact({
    Name: "Tom Becker",
    Email: "accounts@brookfield-dental.example.com",
    Client: "Brookfield Dental Group",
    Role: ["Billing"],
    Receives: ["Change requests"],
  }),
];

const dayOff = (cells: Cells): SampleRow => ({ by: "Dana Reyes", cells });

/** Far enough ahead that no date of the sample's projects moves, but one client's stocktaking. */
export const daysOff: readonly SampleRow[] = [
  dayOff({ Name: "Team day", Day: { day: 23 } }),
  dayOff({ Name: "Stocktaking", Day: { day: 12 }, "Applies to": "Copperline Coffee Roasters" }),
];
