import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { dress } from "../data/preferences"
import { VisitorPage } from "../features/visitor/VisitorPage"
import "../ui/tokens.css"

dress()

// `/f/<workspace>/<address>`: nothing of the app is loaded, and nobody is asked who they are.
const [, , workspace = "", address = ""] = location.pathname.split("/")
const root = document.getElementById("root")
if (root) {
  createRoot(root).render(
    <StrictMode>
      <VisitorPage workspace={workspace} address={address} />
    </StrictMode>,
  )
}
