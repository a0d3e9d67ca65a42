import { io, type Socket } from "socket.io-client";

/** Open a Socket.IO namespace, e.g. "/wall". The server speaks websocket only and knows the caller by the cookie. */
export function openSocket(namespace: string): Socket {
  return io(namespace, { transports: ["websocket"], reconnectionDelayMax: 10_000, randomizationFactor: 0.5 });
}
