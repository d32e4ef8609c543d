// One classic script, `widget.js`, for other people's pages: it may be loaded `async` and needs no module support.
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    target: "es2022",
    outDir: process.env.RAHDARI_BUILT ?? "../rahdari/channels/web/static",
    emptyOutDir: true,
    sourcemap: false,
    lib: { entry: "src/widget.ts", name: "Rahdari", formats: ["iife"], fileName: () => "widget.js" },
  },
});
