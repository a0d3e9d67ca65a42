/** The machine's camera: opened once, watched, reopened when it comes back. */

import { LARGEST, MOST_BYTES, QUALITIES, SCALES, sizeFor } from "./pacing";

/** `none`: no camera, or a page without TLS that gets none; `lost`: it worked and stopped. */
export type CameraState = "off" | "asking" | "on" | "denied" | "none" | "lost";

const AGAIN_MS = 5_000;

export class Camera {
  state: CameraState = "off";
  stream: MediaStream | null = null;
  private readonly video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
  private readonly canvas = document.createElement("canvas");
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly changed: (state: CameraState) => void) {}

  /** Open the camera; the browser asks the person when it must. Settles on `on`, `denied` or `none`. */
  async start(): Promise<void> {
    clearTimeout(this.timer);
    if (this.state === "asking" || this.state === "on") return;
    const wasLost = this.state === "lost";
    if (!wasLost) this.become("asking");
    try {
      await this.take(await openCamera());
      this.become("on");
    } catch (fault) {
      if (wasLost) this.timer = setTimeout(() => void this.start(), AGAIN_MS);
      else this.become(isDenied(fault) ? "denied" : "none");
    }
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
    this.become("off");
  }

  /** A JPEG of what the camera sees now, of at most 64 KB; null when there is no picture. */
  async grab(): Promise<Blob | null> {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (this.state !== "on" || !width || !height) return null;
    for (const scale of SCALES) {
      const size = sizeFor({ width, height }, scale);
      Object.assign(this.canvas, size);
      this.canvas.getContext("2d")?.drawImage(this.video, 0, 0, size.width, size.height);
      for (const quality of QUALITIES) {
        const jpeg = await new Promise<Blob | null>((resolve) => this.canvas.toBlob(resolve, "image/jpeg", quality));
        if (jpeg && jpeg.size <= MOST_BYTES) return jpeg;
      }
    }
    return null;
  }

  private async take(stream: MediaStream): Promise<void> {
    this.stream = stream;
    this.video.srcObject = stream;
    await this.video.play();
    for (const track of stream.getVideoTracks()) track.addEventListener("ended", () => this.lose());
  }

  private lose(): void {
    if (this.state !== "on") return;
    this.stream = null;
    this.become("lost");
    this.timer = setTimeout(() => void this.start(), AGAIN_MS);
  }

  private become(state: CameraState): void {
    this.state = state;
    this.changed(state);
  }
}

async function openCamera(): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new DOMException("No camera without TLS.", "NotFoundError");
  const video = { width: { ideal: LARGEST.width }, height: { ideal: LARGEST.height }, frameRate: { ideal: 10 } };
  return devices.getUserMedia({ video, audio: false });
}

function isDenied(fault: unknown): boolean {
  return fault instanceof DOMException && (fault.name === "NotAllowedError" || fault.name === "SecurityError");
}
