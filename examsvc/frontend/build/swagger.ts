import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import type { Plugin } from "vite";

/** What /api/docs loads; our own init.js beside them comes from public/swagger. */
const FILES = ["swagger-ui.css", "swagger-ui-bundle.js", "LICENSE", "NOTICE"];

/** Put Swagger UI's files into dist/swagger under stable names. */
export function swaggerFiles(): Plugin {
  const folder = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  return {
    name: "examsvc:swagger-files",
    apply: "build",
    generateBundle() {
      for (const file of FILES) {
        this.emitFile({ type: "asset", fileName: `swagger/${file}`, source: readFileSync(join(folder, file)) });
      }
    },
  };
}
