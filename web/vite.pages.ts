// The pages that the server itself serves. A further page is a further entry of `input`, with its own HTML file here.
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    target: "es2022",
    outDir: process.env.RAHDARI_BUILT ?? "../rahdari/channels/web/static",
    emptyOutDir: false, // the widget's build came before
    assetsDir: "assets",
    assetsInlineLimit: 0, // nothing inline: the pages' Content-Security-Policy lets no data: in
    modulePreload: { polyfill: false },
    sourcemap: false,
    rollupOptions: { input: { index: "index.html", explore: "explore.html", operator: "operator.html" } },
  },
});
