import { defineConfig } from "vitest/config";

const OUTPUT = "../custom_components/hikcentral_connect/panel/static";

// Panel and card: two entries that share chunks. The folder's address holds a hash of its
// content, so the entries keep plain names.
export default defineConfig({
  base: "./",
  publicDir: "public",
  build: {
    outDir: OUTPUT,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    rolldownOptions: {
      input: { card: "src/card/index.ts", panel: "src/panel/index.ts" },
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
  test: { environment: "happy-dom", include: ["test/**/*.test.ts"] },
});
