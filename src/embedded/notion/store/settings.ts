import type { Database } from "../../../ports.ts";
import { allCapabilities, type Capability } from "../capability.ts";

/** What a workspace's owner sets outside the API; kept in the database, so that a restart changes nothing. */
export type Settings = {
  /** What the connection may do. */
  capabilities: readonly Capability[];
  /** Blocks that may ever be created here, as in free workspaces with several members; null for no limit. */
  blockLimit: number | null;
};

export type SettingsStore = { get(): Settings; set(changes: Partial<Settings>): void };

const initial: Settings = { capabilities: allCapabilities, blockLimit: null };

export const createSettingsStore = (database: Database): SettingsStore => {
  const [row] = database.exec("SELECT value FROM meta WHERE key = 'settings'");
  let settings: Settings = row ? { ...initial, ...JSON.parse(String(row.value)) } : initial;
  return {
    get: () => settings,
    set(changes) {
      settings = { ...settings, ...changes };
      database.exec(
        "INSERT INTO meta (key, value) VALUES ('settings', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        JSON.stringify(settings),
      );
    },
  };
};
