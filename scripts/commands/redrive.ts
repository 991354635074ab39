import { z } from "zod";
import { readSettings } from "../../src/config.ts";
import { askService, whyNot } from "./ask-service.ts";
import type { Command } from "./command.ts";

const shape = z.object({
  letters: z.array(
    z.object({ step: z.string(), subject: z.string(), redriven: z.boolean(), why: z.string() }),
  ),
});

/** Tries every dead letter again; exit code 1 where one needs a person. */
export const redrive: Command = {
  summary: "try again what failed five times (dead letters)",
  async run(environment, { json }) {
    const answer = await askService(readSettings(environment), "/api/v1/redrive", {});
    const read = shape.safeParse(answer?.json);
    if (!answer || !read.success) throw whyNot(answer ?? { json: null, address: "/api/v1/redrive" });
    const { letters } = read.data;
    const lines = letters.map(
      ({ step, subject, redriven, why }) => `${redriven ? "again:" : "not again:"} ${step} ${subject} ${why}`,
    );
    console.log(json ? JSON.stringify(read.data) : lines.join("\n") || "There are no dead letters.");
    return letters.every(({ redriven }) => redriven) ? 0 : 1;
  },
};
