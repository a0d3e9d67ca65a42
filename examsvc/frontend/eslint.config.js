import js from "@eslint/js";
import vue from "eslint-plugin-vue";
import globals from "globals";
import typescript from "typescript";
import ts from "typescript-eslint";

const SOURCES = ["src/**/*.{ts,vue}"];
const PROGRAM = { files: SOURCES, ignores: ["src/**/*.test.ts"] };

// Typed rules get a page's script alone from the parser. Had they read the whole page from the disk before, it would count
// as changed when its turn comes, and the types of everything would be found out anew, six hundred times.
const { sys } = typescript;
const readFile = sys.readFile.bind(sys);
const SCRIPT = /<script\b[^>]*>(.*?)<\/script>/s;
sys.readFile = (path, encoding) => {
  const text = readFile(path, encoding);
  return path.endsWith(".vue") && text !== undefined ? (SCRIPT.exec(text)?.[1] ?? "") : text;
};

export default [
  { ignores: ["dist/", "node_modules/", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs["flat/essential"],
  {
    files: SOURCES,
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        parser: ts.parser,
        project: ["./tsconfig.json", "./tsconfig.node.json"],
        extraFileExtensions: [".vue"],
      },
    },
    rules: {
      "no-undef": "off", // vue-tsc knows better
      "no-eval": "error", // Content-Security-Policy
      "no-console": ["error", { allow: ["error"] }],
      eqeqeq: "error",
      // An answer that is not awaited is an answer whose loss nobody notices.
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "vue/no-static-inline-styles": "error", // style-src 'self' refuses style="…"
      "vue/no-v-html": "error",
      "vue/block-lang": ["error", { script: { lang: "ts" } }],
      "vue/component-api-style": ["error", ["script-setup"]],
      "vue/define-props-declaration": "error",
      "vue/define-emits-declaration": "error",
      "vue/html-button-has-type": "error",
    },
  },
  {
    ...PROGRAM,
    rules: {
      "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
      // The machine's date is never trusted, nor is elapsed time taken from it (DESIGN §6).
      "no-restricted-properties": ["error", { object: "Date", property: "now", message: "Use serverClock or performance.now()." }],
    },
  },
  { files: ["public/**/*.js"], languageOptions: { globals: { ...globals.browser, SwaggerUIBundle: "readonly" }, sourceType: "script" } },
];
