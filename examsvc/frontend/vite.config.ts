import { fileURLToPath } from "node:url";

import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

import { swaggerFiles } from "./build/swagger.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const backend = "http://127.0.0.1:8000";

/** Its name is stable because server-rendered pages link it: /app/public.css. */
const PUBLIC_STYLES = "public.css";

export default defineConfig({
  base: "/app/",
  plugins: [vue(), swaggerFiles()],
  resolve: { alias: { "@": here("./src") } },
  define: { __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  build: {
    // Exam rooms still run Windows 7, whose last Chrome is 109.
    target: ["chrome109", "firefox115", "safari16"],
    // Content-Security-Policy: nothing inline, no data: fonts, no injected polyfill.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    license: { fileName: "third-party-licenses.md" },
    // Element Plus is about 700 kB; only the office entry loads it, and a cache keeps it.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      external: [/^\/static\//],
      input: {
        candidate: here("./candidate.html"),
        examiner: here("./examiner.html"),
        wall: here("./wall.html"),
        office: here("./office.html"),
        public: here("./src/styles/public.css"),
      },
      output: {
        // Libraries apart from our code, so that a new release of ours leaves them in the browser's cache.
        codeSplitting: {
          groups: [
            { name: "vue", test: /node_modules\/(vue|@vue|vue-router|vue-i18n|@intlify)\// },
            { name: "element", test: /node_modules\/(element-plus|@element-plus|lodash-es|@floating-ui|dayjs|async-validator)\// },
          ],
        },
        assetFileNames: (asset) => (asset.names.includes(PUBLIC_STYLES) ? PUBLIC_STYLES : "assets/[name]-[hash][extname]"),
      },
    },
  },
  server: {
    proxy: {
      "^/(api|static|healthz|readyz)": { target: backend },
      "/socket.io": { target: backend, ws: true },
    },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node", css: true },
});
