import { defineConfig } from "vite";

// The script of the sandboxed page: a classic one, because modules would need CORS there.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../custom_components/hikcentral_connect/panel/static",
    emptyOutDir: false,
    target: "es2022",
    lib: {
      entry: "src/player/page.ts",
      formats: ["iife"],
      name: "player",
      fileName: () => "player.js",
    },
  },
});
