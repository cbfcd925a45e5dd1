import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { RouterProvider } from "@tanstack/react-router"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { passing } from "../data/fault"
import { dress } from "../data/preferences"
import "../ui/tokens.css"
import { askAhead } from "./ahead"
import { routerFor } from "./router"

dress()

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      retry: (tries, error) => tries < 2 && passing(error),
      refetchOnWindowFocus: true,
    },
  },
})
askAhead(client, location.pathname)
const router = routerFor(client)
const root = document.getElementById("root")
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
}

// An app that starts at once, and stands without a network. While it is built there is none.
if ("serviceWorker" in navigator && import.meta.env.PROD)
  void navigator.serviceWorker.register("/loose/worker.js", { scope: "/" }).catch(() => undefined)
