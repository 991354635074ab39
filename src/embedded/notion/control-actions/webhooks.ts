import { z } from "zod";
import { action, type ControlAction, done, given, id } from "./action.ts";

const texts = z.record(z.string(), z.string());
const url = z.url({ protocol: /^https?$/ });
const chance = z.number().min(0).max(1).default(0);
const apiVersion = z.enum(["2025-09-03", "2026-03-11"]).default("2026-03-11");

const wantedWebhook = {
  url,
  event_types: z.array(z.string()).optional(),
  api_version: apiVersion,
};

/** Subscriptions, what goes wrong with their deliveries, and automations. */
export const webhookActions: Readonly<Record<string, ControlAction>> = {
  webhooks: action(
    z.strictObject({ ...wantedWebhook, verification_token: z.string().min(1) }),
    (control, { verification_token: verificationToken, ...wanted }) => {
      const { event_types: eventTypes, api_version } = wanted;
      const fields = { url: wanted.url, apiVersion: api_version, verificationToken };
      return { id: control.subscribe({ ...fields, ...given({ eventTypes }) }) };
    },
  ),
  "webhooks/request": action(z.strictObject(wantedWebhook), async (control, wanted) => {
    const { event_types: eventTypes, api_version } = wanted;
    const fields = { url: wanted.url, apiVersion: api_version };
    return { id: await control.requestSubscription({ ...fields, ...given({ eventTypes }) }) };
  }),
  "webhooks/resend": action(z.strictObject({ id }), async (control, body) => ({
    taken: await control.resendToken(body.id),
  })),
  "webhooks/verify": action(z.strictObject({ id, token: z.string() }), (control, body) => ({
    verified: control.verifySubscription(body.id, body.token),
  })),
  "webhooks/pause": action(z.strictObject({ id }), (control, body) => {
    control.pauseSubscription(body.id);
    return done;
  }),
  "webhooks/resume": action(z.strictObject({ id }), (control, body) => {
    control.resumeSubscription(body.id);
    return done;
  }),
  "webhooks/remove": action(z.strictObject({ id }), (control, body) => {
    control.unsubscribe(body.id);
    return done;
  }),
  "webhooks/disturb": action(
    z.strictObject({ lose: chance, duplicate: chance, reorder: chance }),
    (control, body) => {
      control.disturbWebhooks(body);
      return { ...control.webhookDisturbance() };
    },
  ),
  automations: action(
    z.strictObject({
      url,
      data_source_id: id,
      on: z.array(z.enum(["page_added", "property_edited"])).optional(),
      watched: z.array(z.string()).optional(),
      properties: z.array(z.string()).optional(),
      headers: texts.optional(),
      by_connections: z.boolean().optional(),
    }),
    (control, { data_source_id: dataSourceId, by_connections: byConnections, url: to, ...rest }) => ({
      id: control.createAutomation({ url: to, dataSourceId, ...given({ ...rest, byConnections }) }),
    }),
  ),
  "automations/resume": action(z.strictObject({ id }), (control, body) => {
    control.resumeAutomation(body.id);
    return done;
  }),
  "automations/remove": action(z.strictObject({ id }), (control, body) => {
    control.removeAutomation(body.id);
    return done;
  }),
};
