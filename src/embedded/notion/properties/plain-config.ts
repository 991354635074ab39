import { z } from "zod";
import type { PropertyTypeRow } from "./property-type.ts";

type ConfigRow = PropertyTypeRow<never, never, Record<string, never>>["config"];

/** Types without settings: `{}` in requests and responses. */
export const plainConfig: ConfigRow = { schema: z.strictObject({}), make: () => ({}), show: () => ({}) };
