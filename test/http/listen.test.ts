import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listen } from "../../src/http/listen.ts";
import { readLimited } from "../../src/http/read-limited.ts";

let url: URL;
let close: () => Promise<void>;
let bodies: (number | null)[];

beforeEach(async () => {
  bodies = [];
  const handle = async (request: Request): Promise<Response> => {
    const body = await readLimited(request, 65_536);
    bodies.push(body?.length ?? null);
    return new Response(null, { status: body === null ? 413 : 200 });
  };
  const listening = await listen(handle, "127.0.0.1", 0, 200);
  ({ close } = listening);
  url = new URL(listening.url);
});
afterEach(() => close());

const open = (): Socket => connect(Number(url.port), url.hostname);
const heard = async (socket: Socket): Promise<string> => {
  let text = "";
  socket.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  await once(socket, "close");
  return text;
};
/** Sends the text one byte at a time for as long as the connection is there. */
const trickle = (socket: Socket, text: string): void => {
  socket.on("error", () => undefined);
  const bytes = text[Symbol.iterator]();
  const timer = setInterval(() => {
    const { value, done } = bytes.next();
    if (done || socket.destroyed) clearInterval(timer);
    else socket.write(value);
  }, 20);
};

test.each([
  ["headers", "POST / HTTP/1.1\r\nHost: milepost\r\nX-Slow: ", "a".repeat(1_000)],
  ["a body", "POST / HTTP/1.1\r\nHost: milepost\r\nContent-Length: 1000\r\n\r\n", "a".repeat(1_000)],
])("A7: a client that sends %s byte by byte is cut off when its time is up", async (_what, start, slowly) => {
  const socket = open();
  socket.write(start);
  trickle(socket, slowly);
  // A byte that is under way when the connection closes resets it, which can take the answer away.
  expect(await heard(socket)).toMatch(/^(HTTP\/1\.1 408 |$)/);
  expect(bodies.filter((length) => length !== null)).toEqual([]);
});

test("A7: ten megabytes without a declared length are answered 413 long before they have all been sent", async () => {
  const chunk = `2710\r\n${"a".repeat(10_000)}\r\n`;
  const socket = open();
  socket.on("error", () => undefined);
  socket.write("POST / HTTP/1.1\r\nHost: milepost\r\nTransfer-Encoding: chunked\r\n\r\n");
  const answer = once(socket, "data").then(([text]) => String(text));
  let sent = 0;
  const send = (): void => {
    while (sent < 1_000 && !socket.destroyed) {
      sent += 1;
      if (!socket.write(chunk)) return void socket.once("drain", send);
    }
  };
  send();
  expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(bodies).toEqual([null]);
  socket.destroy();
});
