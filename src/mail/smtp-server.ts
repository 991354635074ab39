import { MilepostError } from "../types/errors.ts";

/** The mail server that the setting names. */
export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  /** On this machine, where nobody listens in between. */
  readonly loopback: boolean;
  readonly login: { readonly user: string; readonly pass: string } | null;
};

/** RFC 8314: submission over implicit TLS, and with STARTTLS. */
const usualPorts = { "smtps:": 465, "smtp:": 587 } as const;

const loopbackHosts = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

/**
 * Reads an address such as `smtps://user:password@host:465`.
 * @throws MilepostError `setting_invalid`; it names the setting, never its value
 */
export const smtpServerOf = (smtpUrl: string): SmtpServer => {
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : null;
  const protocol = url?.protocol;
  if (url === null || url.hostname === "" || (protocol !== "smtp:" && protocol !== "smtps:"))
    throw new MilepostError("setting_invalid", "SMTP_URL");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return {
    host,
    port: url.port === "" ? usualPorts[protocol] : Number(url.port),
    secure: protocol === "smtps:",
    loopback: loopbackHosts.test(host),
    login: url.username === "" ? null : { user: decoded(url.username), pass: decoded(url.password) },
  };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new MilepostError("setting_invalid", "SMTP_URL", { cause });
  }
};
