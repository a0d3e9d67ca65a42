/** Our icons: strokes on a 24-unit grid, drawn by AppIcon. */
export const ICONS = {
  alert: "M12 3.5 2.5 20h19L12 3.5ZM12 10v4.5M12 17.4v.1",
  arrowDown: "M12 5v14M6 13l6 6 6-6",
  arrowLeft: "M19 12H5M11 6l-6 6 6 6",
  arrowRight: "M5 12h14M13 6l6 6-6 6",
  chevronRight: "M9 6l6 6-6 6",
  arrowUp: "M12 19V5M6 11l6-6 6 6",
  book: "M12 6.5C10 5 7 4.5 3 4.5v14c4 0 7 .5 9 2 2-1.5 5-2 9-2v-14c-4 0-7 .5-9 2ZM12 6.5v14",
  calculator: "M5 3h14v18H5V3ZM8 7h8M8 11.5h.1M12 11.5h.1M16 11.5h.1M8 14.5h.1M12 14.5h.1M16 14.5h.1M8 17.5h.1M12 17.5h4",
  camera: "M3 7.5h4l2-2.5h6l2 2.5h4V19H3V7.5ZM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z",
  pencil: "M4 20l1.2-4.6L15.6 5l3.4 3.4L8.6 18.8 4 20ZM13.4 7.2l3.4 3.4",
  check: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.3l2.8 2.7L16 9.5",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M5.5 11h13v9h-13ZM12 14.5v2",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.2 2",
  close: "M6 6l12 12M18 6 6 18",
  cup: "M5 9h11v6a5 5 0 0 1-5 5h-1a5 5 0 0 1-5-5V9ZM16 10.5h1.5a2.5 2.5 0 0 1 0 5H16M8 3.5v2.5M12 3.5v2.5",
  cross: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9 9l6 6M15 9l-6 6",
  download: "M12 4v11M6.5 10.5 12 16l5.5-5.5M4.5 20h15",
  display: "M3 19 7.5 6h1L13 19M4.6 14.5h6.8M14.5 19l3-8h.8l3 8M15.7 16.3h4.4",
  eye: "M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  eyeOff: "M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 20 20 4",
  film: "M3 5h18v14H3V5ZM8 5v14M16 5v14M3 12h5M16 12h5",
  flag: "M6 21V4M6 4h11l-2.5 4L17 12H6",
  fullscreen: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  grip: "M4 8.5h16M4 15.5h16",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.8-1.1 1.8M12 16.9v.1",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.6v.1",
  language: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3.5 9.5h17M3.5 14.5h17M12 3c-5 5.5-5 12.5 0 18M12 3c5 5.5 5 12.5 0 18",
  logOut: "M10 4H5v16h5M10 12h10M16 8l4 4-4 4",
  minus: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12h8",
  network: "M4.5 10a11 11 0 0 1 15 0M7.5 13.3a6.6 6.6 0 0 1 9 0M12 17.6v.1",
  offline: "M4.5 10a11 11 0 0 1 15 0M7.5 13.3a6.6 6.6 0 0 1 9 0M12 17.6v.1M4 20 20 4",
  pause: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 9v6M14 9v6",
  pen: "M4 20l1-4.5L16.5 4 20 7.5 8.5 19 4 20ZM14 6.5l3.5 3.5",
  play: "M7 4.5v15l12-7.5-12-7.5Z",
  plus: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12h8M12 8v8",
  sheet: "M4 4h6v6H4V4ZM14 4h6v6h-6V4ZM4 14h6v6H4v-6ZM14 14h6v6h-6v-6Z",
  sound: "M4 9.5v5h4l5 4v-13l-5 4H4ZM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
  storage: "M4 5h16v6H4V5ZM4 13h16v6H4v-6ZM7.5 8h.1M7.5 16h.1",
  undo: "M8 5 3.5 9.5 8 14M3.5 9.5H14a6 6 0 0 1 0 12h-4",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5",
  window: "M3 4.5h18v15H3v-15ZM3 9h18",
  zoom: "M10.5 18a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM16 16l5 5M7.5 10.5h6M10.5 7.5v6",
} as const;

export type IconName = keyof typeof ICONS;

/** How good a piece of news is. */
export type Tone = "neutral" | "info" | "good" | "warn" | "bad";

/** Every tone has its own icon, so that colour never speaks alone. */
export const TONE_ICONS: Record<Tone, IconName> = {
  neutral: "minus",
  info: "info",
  good: "check",
  warn: "alert",
  bad: "cross",
};
