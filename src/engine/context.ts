import type { ActionContext } from "../ledger/context.ts";
import type { NewId } from "../ports.ts";
import type { SyncContext } from "../sync/context.ts";

/** What the loop needs beside reading and writing pages. */
export type EngineContext = SyncContext &
  Pick<ActionContext, "probe" | "mail" | "linkFor"> & {
    readonly newId: NewId;
    /** Where Milepost is reached from outside; creation markers in comments are links below it. */
    readonly publicUrl: string;
    /** IANA zone that holds until the Office row names one. */
    readonly officeTimeZone: string;
    readonly pollSeconds: number;
    /** A webhook subscription is configured, so that edits found by polling alone are a fault. */
    readonly expectsWebhooks: boolean;
    /** When this store was made, and when each rule was first installed on it (UTC ms; design §6). */
    readonly birth: number;
    readonly installedAt: ReadonlyMap<string, number>;
  };
