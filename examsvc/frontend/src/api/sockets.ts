import { io, type Socket } from "socket.io-client";

const AGAIN_MS = { least: 3_000, most: 30_000 };
const BACK_ONLINE_WITHIN_MS = 2_000;

/** The lines that nobody has closed. */
const lines = new Set<Socket>();

/**
 * Open a Socket.IO namespace, e.g. "/proctor". The server speaks websocket only; what it asks beside the cookie stands
 * in the `auth` of the line.
 *
 * A line that is lost, refused or ended by the server is opened again after seconds, not at once: a server that starts
 * anew has lost thousands together. One that this machine's own network took is opened soon after that is back.
 */
export function openSocket(namespace: string): Socket {
  const socket = io(namespace, {
    transports: ["websocket"],
    reconnectionDelay: AGAIN_MS.least,
    reconnectionDelayMax: AGAIN_MS.most,
    randomizationFactor: 0.5,
  });
  lines.add(socket);
  addEventListener("online", reviveSoon); // the same function: it listens once, however many lines there are
  socket.on("connect_error", () => reviveLater(socket));
  socket.on("disconnect", () => reviveLater(socket));
  return socket;
}

/** Close a line for good. */
export function closeSocket(socket: Socket): void {
  lines.delete(socket);
  socket.disconnect();
}

/** The library tries by itself again what was lost only, not what the server has refused or ended. */
function reviveLater(socket: Socket): void {
  if (!socket.active) setTimeout(() => revive(socket), AGAIN_MS.least + Math.random() * (AGAIN_MS.most - AGAIN_MS.least));
}

function revive(socket: Socket): void {
  if (lines.has(socket) && !socket.connected) socket.disconnect().connect();
}

function reviveSoon(): void {
  for (const socket of lines) setTimeout(() => revive(socket), Math.random() * BACK_ONLINE_WITHIN_MS);
}
