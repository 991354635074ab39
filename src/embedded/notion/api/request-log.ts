/** One answered request. `operation` is null for what the workspace does not have. */
export type RequestEntry = {
  seq: number;
  at: number;
  method: string;
  path: string;
  operation: string | null;
  actorId: string | null;
  /** 0 while no answer was sent: the connection was cut or never answered. */
  status: number;
  cost: number;
  /** The fault on demand that spoiled it, if one did. */
  fault: string | null;
};

export type RequestLog = {
  open(entry: Omit<RequestEntry, "seq" | "status" | "fault">): RequestEntry;
  after(seq: number): RequestEntry[];
};

const kept = 10_000;

/** The last requests, in memory. */
export const createRequestLog = (): RequestLog => {
  const entries: RequestEntry[] = [];
  let seq = 0;
  return {
    open(given) {
      const entry = { ...given, seq: ++seq, status: 0, fault: null };
      entries.push(entry);
      if (entries.length > kept) entries.shift();
      return entry;
    },
    after: (since) => entries.filter((entry) => entry.seq > since).map((entry) => ({ ...entry })),
  };
};
