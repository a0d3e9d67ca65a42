import { io, type Socket } from "socket.io-client";

/**
 * Open a Socket.IO namespace, e.g. "/wall". The server speaks websocket only and knows the caller by the cookie.
 *
 * A line that is lost is opened again after seconds, not at once: a server that starts anew has lost thousands together.
 */
export function openSocket(namespace: string): Socket {
  return io(namespace, {
    transports: ["websocket"],
    reconnectionDelay: 3_000,
    reconnectionDelayMax: 30_000,
    randomizationFactor: 0.5,
  });
}
