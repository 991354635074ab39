import type { Database, Random } from "../../ports.ts";
import type { Actor } from "./model.ts";
import type { Core } from "./scope.ts";
import { type Automations, createAutomations } from "./webhooks/automations.ts";
import { createDeliveries, type Deliveries } from "./webhooks/deliver.ts";
import type { Outlet } from "./webhooks/post.ts";
import { createTemplates } from "./write/templates.ts";

/** What the workspace does by itself, each at its time on the clock: webhooks, automations, templates. */
export type Background = {
  deliveries: Deliveries;
  automations: Automations;
  /** To be called after every commit, when something may have become due. */
  arm(): void;
  stop(): Promise<void>;
};

type Parts = { core: Core; database: Database; random: Random; outlet: Outlet; owner: Actor };

export const createBackground = ({ core, database, random, outlet, owner }: Parts): Background => {
  const { clock, newId } = core;
  const deliveries = createDeliveries({ ...outlet, database, random });
  const automations = createAutomations({
    ...outlet,
    ...{ database, newId, scope: () => ({ ...core, actor: owner, now: clock.now() }) },
  });
  const templates = createTemplates(core, clock, deliveries.arm);
  return {
    deliveries,
    automations,
    arm() {
      deliveries.arm();
      automations.arm();
      templates.arm();
    },
    async stop() {
      templates.stop();
      await Promise.all([deliveries.stop(), automations.stop()]);
    },
  };
};
