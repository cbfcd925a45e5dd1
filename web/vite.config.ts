import react from "@vitejs/plugin-react"
import { defineConfig } from "vitest/config"

/** Where `make dev` runs the API. */
const API = process.env.ZHIKE_API ?? "http://127.0.0.1:8000"

const desk = defineConfig({
  plugins: [react()],
  build: {
    outDir: "../src/zhike/doors/http/desk/built",
    emptyOutDir: true,
    assetsDir: "assets",
    // The page may load nothing from `data:` but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    // A file costs a way to the server and back. What every page needs is one file, what a list is
    // made of is another, and what several pages share is not cut into crumbs.
    rolldownOptions: {
      output: {
        chunkFileNames: (chunk) => `assets/${chunk.name.split("~")[0]}-[hash].js`,
        codeSplitting: {
          groups: [
            { name: "first", tags: ["$initial"], priority: 3 },
            { name: "list", test: /src[\\/]app[\\/]ListPlace/, priority: 2 },
            {
              name: "shared",
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 24_000,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { "/api": { target: API, changeOrigin: false } },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
})

/** The page of a public form, which knows nothing of the desk: `--mode visitor`, built after it. */
const visitor = defineConfig({
  ...desk,
  publicDir: false,
  build: {
    ...desk.build,
    emptyOutDir: false,
    rolldownOptions: { input: "visitor.html" },
  },
})

export default defineConfig(({ mode }) => (mode === "visitor" ? visitor : desk))
