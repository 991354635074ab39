import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Links in the mailbox outlive a restart, so the secret is made once and kept beside the data that it protects. */
export const linkSecretIn = (dataDir: string, make: () => string): string => {
  const path = join(dataDir, "link-secret");
  if (!existsSync(path)) writeFileSync(path, make(), { mode: 0o600 });
  return readFileSync(path, "utf8");
};
