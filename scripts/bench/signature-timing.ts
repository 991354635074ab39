import { createHmac, randomBytes } from "node:crypto";
import { verifyNotionWebhook } from "../../src/notion/webhook.ts";
import { type Figure, median, round } from "./measure.ts";

const [samples, warmUp, rounds] = [10_000, 2_000, 5];

/** The digest with one of its digits changed. */
const wrongAt = (digest: string, index: number): string => {
  const other = digest[index] === "0" ? "1" : "0";
  return `sha256=${digest.slice(0, index)}${other}${digest.slice(index + 1)}`;
};

const timeOf = async (body: Uint8Array, signature: string, token: string): Promise<number> => {
  const from = performance.now();
  if (await verifyNotionWebhook(body, signature, [token])) throw new Error("a wrong signature was taken");
  return performance.now() - from;
};

/** The median times of the two kinds, measured in turn, so that what else the machine does meets both alike. */
const measureOnce = async (count: number): Promise<number> => {
  const token = `secret_${randomBytes(16).toString("hex")}`;
  const body = new Uint8Array(randomBytes(600));
  const digest = createHmac("sha256", token).update(body).digest("hex");
  const [early, late] = [wrongAt(digest, 0), wrongAt(digest, digest.length - 1)];
  const [first, last]: [number[], number[]] = [[], []];
  for (let sample = 0; sample < count; sample++) {
    if (sample % 2 === 0) first.push(await timeOf(body, early, token));
    last.push(await timeOf(body, late, token));
    if (sample % 2 === 1) first.push(await timeOf(body, early, token));
  }
  const [one, other] = [median(first), median(last)];
  return Math.max(one, other) / Math.min(one, other);
};

/** Whether the time of a refusal tells how much of a forged signature was right (reliability A4). */
export const benchSignatureTiming = async (): Promise<Figure[]> => {
  await measureOnce(warmUp);
  const ratios: number[] = [];
  for (let time = 0; time < rounds; time++) ratios.push(await measureOnce(samples));
  return [
    {
      ...{ name: "signature_timing", value: round(median(ratios), 3), unit: "ratio", goal: "<= 1.1" },
      how: `a wrong first digit of a signature against a wrong last one, ${samples} of each in turn: the longer median by the shorter; median of ${rounds}`,
    },
  ];
};
