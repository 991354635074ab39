import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { SlowFirst } from "./test/support/slow-first.ts";
import { workerBindings } from "./test/support/worker-bindings.ts";

// wrangler looks up two hosts of its maker unless told not to; tests stay on this machine.
process.env.WRANGLER_SEND_METRICS = "false";
process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
// One thread, so that WebCrypto's jobs end in the order in which they began: the virtual clock waits for the last of them.
process.env.UV_THREADPOOL_SIZE = "1";

const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // One for each core: much of the time is spent on waiting for processes, pages and disks.
    maxWorkers: "100%",
    sequence: { sequencer: SlowFirst },
    projects: [
      // Files share what they import, compiled and warm; none keeps a state in a module.
      {
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          isolate: false,
          setupFiles: ["test/support/fixed-seed.ts"],
          ...timeouts,
        },
      },
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: workerBindings(inject("workspace")) },
          })),
        ],
        test: {
          name: "workerd",
          include: ["test/**/*.wtest.ts"],
          globalSetup: "test/support/workspace-process.ts",
          ...timeouts,
        },
      },
    ],
  },
});
