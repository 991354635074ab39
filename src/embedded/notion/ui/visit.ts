import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { AdjustableClock } from "../../clock.ts";
import type { Workspace } from "../workspace.ts";
import { createApi } from "./api.ts";
import type { Changes } from "./changes.ts";
import type { Visit } from "./model.ts";

export type Parts = { workspace: Workspace; clock: AdjustableClock; changes: Changes };

/** Holds the id of the person that this browser acts as. No secret: everything else here is open on this machine too. */
const personCookie = "acting_as";

export const rememberPerson = (c: Context, { workspace }: Parts, id: string): void => {
  if (!workspace.people.some((person) => person.id === id)) return;
  setCookie(c, personCookie, id, { path: "/", httpOnly: true, sameSite: "Strict" });
};

/** How long after a change more may follow by itself: Milepost's answer to it. */
const freshMs = 15_000;

/** A query parameter that says when the person's change was made. */
const changedParameter = "changed";

const isFresh = (address: URL, now: number): boolean => {
  const age = now - Number(address.searchParams.get(changedParameter) ?? Number.NaN);
  return age >= 0 && age <= freshMs;
};

/** `aboutId`: the object that the page shows. */
export const beginVisit = (c: Context, parts: Parts, aboutId: string | null): Visit => {
  const { workspace, clock, changes } = parts;
  const [first] = workspace.people;
  const known = workspace.people.find(({ id }) => id === getCookie(c, personCookie)) ?? first;
  if (!known) throw new Error("the workspace has no people");
  const address = new URL(c.req.url);
  const fresh = isFresh(address, clock.now());
  address.searchParams.delete(changedParameter);
  return {
    api: createApi(workspace, workspace.tokens.people[known.name] ?? "", c.req.raw.signal),
    workspace,
    clock,
    person: known,
    path: `${address.pathname}${address.search}`,
    seq: aboutId === null ? 0 : changes.latest(aboutId),
    isFresh: fresh,
  };
};

/** Back to the page where a form was sent from, which then looks out for what follows. Only to this server. */
export const goBack = (c: Context, { clock }: Parts, returnTo: string): Response => {
  const { origin } = new URL(c.req.url);
  const wanted = URL.canParse(returnTo, origin) ? new URL(returnTo, origin) : new URL(origin);
  const target = wanted.origin === origin ? wanted : new URL(origin);
  target.searchParams.set(changedParameter, String(clock.now()));
  return c.redirect(`${target.pathname}${target.search}`, 303);
};
