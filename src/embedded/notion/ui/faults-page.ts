import { html } from "hono/html";
import type { FaultRule, FaultRuleState } from "../api/fault-rules.ts";
import { type FaultName, faultNames, faultTable } from "../api/fault-table.ts";
import { operations } from "../api/operations.ts";
import { returnField } from "./layout.ts";
import type { Html, Visit } from "./model.ts";

const momentNames = {
  before: "Nothing is saved",
  after: "Saved, but not told so",
  reading: "Answers from the past",
} as const;

/** `rate_limited_workspace` as people read it. */
const faultTitle = (name: FaultName): string => {
  const text = name.replaceAll("_", " ");
  return text[0]?.toUpperCase() + text.slice(1);
};

const actors = [
  { key: "bot", name: "the connection" },
  { key: "person", name: "people, these pages too" },
  { key: "", name: "everybody" },
] as const;

const about = (rule: FaultRule): string =>
  [
    `${rule.operation ?? rule.path ?? "every request"} of ${actors.find(({ key }) => key === (rule.actor ?? ""))?.name}`,
    rule.nth === undefined ? null : `the ${rule.nth}. one`,
    rule.count === undefined ? null : `${rule.count} times`,
    rule.probability === undefined ? null : `${Math.round(rule.probability * 100)} of 100`,
  ]
    .filter((part) => part !== null)
    .join(", ");

const activeRule = (rule: FaultRuleState, index: number, path: string): Html => html`<li>
  <p><strong>${faultTitle(rule.fault)}</strong> for ${about(rule)}</p>
  <p class="quiet">Fitted ${rule.matched}, spoiled ${rule.applied}</p>
  <form method="post" action="/ui/faults/remove">
    ${returnField(path)}<input type="hidden" name="index" value="${index}">
    <button aria-label="Remove ${faultTitle(rule.fault)}, rule ${index + 1}">Remove</button>
  </form>
</li>`;

const faultOptions = (moment: keyof typeof momentNames): Html => {
  const names = faultNames.filter((name) => faultTable[name].moment === moment);
  return html`<optgroup label="${momentNames[moment]}">${names.map(
    (name) => html`<option value="${name}">${faultTitle(name)}</option>`,
  )}</optgroup>`;
};

const numberField = (name: string, label: string, max: number): Html =>
  html`<label>${label} <input type="number" name="${name}" min="1" max="${max}"></label>`;

const newRule = (path: string): Html => html`
  <form class="fields" method="post" action="/ui/faults">
    ${returnField(path)}
    <label>What goes wrong <select name="fault">
      ${faultOptions("before")}${faultOptions("after")}${faultOptions("reading")}
    </select></label>
    <label>Which operation <select name="operation"><option value="">any</option>
      ${operations.map(({ name }) => html`<option value="${name}">${name}</option>`)}
    </select></label>
    <label>Whose requests <select name="actor">
      ${actors.map(({ key, name }) => html`<option value="${key}">${name}</option>`)}
    </select></label>
    ${numberField("nth", "Only the nth that fits", 1_000_000)}
    ${numberField("count", "So many times", 1_000_000)}
    ${numberField("chance", "Chance in 100", 100)}
    <button class="primary">Switch it on</button>
  </form>`;

const disturbances = [
  { key: "lose", name: "lost" },
  { key: "duplicate", name: "sent twice" },
  { key: "reorder", name: "overtaken by later ones" },
] as const;

const webhookForm = ({ workspace, path }: Visit): Html => {
  const now = workspace.control.webhookDisturbance();
  return html`<form class="fields" method="post" action="/ui/faults/webhooks">
    ${returnField(path)}
    ${disturbances.map(
      ({ key, name }) => html`<label>Of 100 events, ${name}
        <input type="number" name="${key}" min="0" max="100" value="${Math.round(now[key] * 100)}"></label>`,
    )}
    <button>Set</button>
  </form>`;
};

/** Switches for what goes wrong with requests and webhooks, until they are switched off or the workspace restarts. */
export const faultsPage = (visit: Visit): Html => {
  const rules = visit.workspace.control.faultRules();
  const active =
    rules.length === 0
      ? html`<p class="quiet">Nothing goes wrong on purpose.</p>`
      : html`<ul class="faults">${rules.map((rule, index) => activeRule(rule, index, visit.path))}</ul>
        <form method="post" action="/ui/faults/clear">${returnField(visit.path)}
          <button>Switch all off</button></form>`;
  return html`<h1>Faults</h1>
    <p class="quiet">What Notion and networks do now and then, on demand. See the outcome under
      <a href="/ui/requests?who=refused">Requests</a>.</p>
    <h2>In force</h2>${active}
    <h2>One more</h2>${newRule(visit.path)}
    <h2>Webhooks</h2>${webhookForm(visit)}`;
};

const numberIn = (form: FormData, name: string): number | undefined => {
  const text = String(form.get(name) ?? "");
  return /^\d{1,7}$/.test(text) ? Number(text) : undefined;
};

/** The rule that the form describes; null when it names no fault of the table. */
export const ruleOf = (form: FormData): FaultRule | null => {
  const fault = faultNames.find((name) => name === form.get("fault"));
  if (!fault) return null;
  const operation = operations.find(({ name }) => name === form.get("operation"))?.name;
  const actor = form.get("actor");
  const [nth, count, chance] = [numberIn(form, "nth"), numberIn(form, "count"), numberIn(form, "chance")];
  return {
    fault,
    ...(operation ? { operation } : {}),
    ...(actor === "bot" || actor === "person" ? { actor } : {}),
    ...(nth ? { nth } : {}),
    ...(count ? { count } : {}),
    ...(chance === undefined ? {} : { probability: Math.min(chance, 100) / 100 }),
  };
};

/** The chances that the form gives, each from 0 to 1. */
export const disturbanceOf = (form: FormData) =>
  Object.fromEntries(
    disturbances.map(({ key }) => [key, Math.min(numberIn(form, key) ?? 0, 100) / 100]),
  ) as Record<(typeof disturbances)[number]["key"], number>;
