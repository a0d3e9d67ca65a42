import { onScopeDispose, ref, shallowRef } from "vue";

import { send } from "@/api/client";

/** Not in every browser, and unknown to TypeScript. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorClass = (new (options: { formats: string[] }) => Detector) & { getSupportedFormats(): Promise<string[]> };

const LOOK_MS = 350;
const WIDTH = 960;
const QUALITY = 0.7;

/** Looks for a QR code in what the tablet's back camera sees: the browser reads it, or else the server does. */
export function useTicketScanner(examSessionId: string, found: (text: string) => void) {
  const stream = shallowRef<MediaStream | null>(null);
  const isRefused = ref(false);
  const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
  const canvas = document.createElement("canvas");
  let detector: Detector | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function start(): Promise<void> {
    isRefused.value = false;
    try {
      const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (!devices) throw new DOMException("No camera without TLS.", "NotFoundError");
      stream.value = await devices.getUserMedia({ video: wanted, audio: false });
      video.srcObject = stream.value;
      await video.play();
      detector = await browserDetector();
      timer = setTimeout(look, LOOK_MS);
    } catch {
      stop();
      isRefused.value = true;
    }
  }

  function stop(): void {
    clearTimeout(timer);
    for (const track of stream.value?.getTracks() ?? []) track.stop();
    video.srcObject = stream.value = null;
  }

  async function look(): Promise<void> {
    const looked = stream.value;
    const text = await read().catch(() => null);
    if (!looked || stream.value !== looked) return;
    if (text) {
      stop();
      found(text);
    } else timer = setTimeout(look, LOOK_MS);
  }

  async function read(): Promise<string | null> {
    if (!video.videoWidth) return null;
    if (detector) return (await detector.detect(video))[0]?.rawValue ?? null;
    const picture = await grab();
    if (!picture) return null;
    const headers = { "Content-Type": "image/jpeg" };
    const answer = await send(new Request(`/api/door/${examSessionId}/scanned-picture`, { method: "POST", headers, body: picture }));
    return ((await answer.json()) as { text: string | null }).text;
  }

  async function grab(): Promise<Blob | null> {
    const scale = Math.min(1, WIDTH / video.videoWidth);
    Object.assign(canvas, { width: Math.round(video.videoWidth * scale), height: Math.round(video.videoHeight * scale) });
    canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  }

  onScopeDispose(stop);
  return { stream, isRefused, start, stop };
}

async function browserDetector(): Promise<Detector | null> {
  const known = (window as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!known || !(await known.getSupportedFormats()).includes("qr_code")) return null;
  return new known({ formats: ["qr_code"] });
}
