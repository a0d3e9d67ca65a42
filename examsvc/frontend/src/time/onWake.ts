/** The machine slept, or its clock was set: then what a page knows of the server's time may be old. */

const LOOK_MS = 1_000;
const SLEPT_MS = 5_000;
const STEPPED_MS = 2_000;

/**
 * Have `woken` told after the machine slept or its clock was stepped; returns what ends it.
 *
 * While a machine sleeps its monotonic clock may stand still, but its date goes on; or no timer runs for a while. Either
 * gap is only a sign to ask the server: neither clock is believed.
 */
export function onWake(woken: () => void): () => void {
  let seen = clocks();
  const look = (): void => {
    const now = clocks();
    const ran = now.monotonic - seen.monotonic;
    const stepped = Math.abs(now.date - seen.date - ran);
    seen = now;
    if (ran > SLEPT_MS || stepped > STEPPED_MS) woken();
  };
  const timer = setInterval(look, LOOK_MS);
  return () => clearInterval(timer);
}

/** The machine's own date is read to be compared with itself, never to tell the time. */
function clocks(): { monotonic: number; date: number } {
  // eslint-disable-next-line no-restricted-properties -- a step of this very clock is what is looked for
  return { monotonic: performance.now(), date: Date.now() };
}
