import react from "@vitejs/plugin-react"
import { defineConfig } from "vitest/config"

/** Where `make dev` runs the API. */
const API = process.env.ZHIKE_API ?? "http://127.0.0.1:8000"

export default defineConfig({
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
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { "/api": { target: API, changeOrigin: false } },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
})
