import { useQuery } from "@tanstack/react-query"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { me } from "../../data/recipes"
import { Keys } from "../../fields/keys"
import { Sessions } from "../../ui/account/Sessions"
import { Empty } from "../../ui/states"
import { Tabs } from "../../ui/tabs"
import { Top } from "../../ui/top"
import { useWords } from "../../ui/words"
import "./me.css"
import { Jobs } from "./parts/Jobs"
import { Links } from "./parts/Links"
import { Passkeys } from "./parts/Passkeys"
import { Password } from "./parts/Password"
import { Profile } from "./parts/Profile"
import { SecondFactor } from "./parts/SecondFactor"
import { SignIns } from "./parts/SignIns"
import { Told } from "./parts/Told"
import { ME_TABS } from "./search"

/** One's own account: who one is, how one signs in, where one is signed in, one's keys. */
export function MePage() {
  const say = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: "/inside/me" })
  const { data: who } = useQuery(me())
  const tab = search.tab ?? "profile"
  if (who?.seen_by) return <Empty title={say("me.private")} hint={say("me.private.hint")} />
  return (
    <div className="me-page">
      <Top title={say("me.title")} />
      <Tabs
        label={say("me.title")}
        tabs={ME_TABS.map((key) => ({ key, label: say(`me.tab.${key}`) }))}
        current={tab}
        onChange={(key) => void navigate({ to: "/me", search: { tab: key } })}
      />
      <div className={tab === "keys" ? "me-body" : "me-body me-pad"}>
        {tab === "profile" && <Profile />}
        {tab === "security" && (
          <>
            <Password />
            <SecondFactor />
            <Passkeys />
            <Links />
          </>
        )}
        {tab === "sessions" && (
          <>
            <section className="me-part">
              <h2>{say("account.sessions")}</h2>
              <Sessions whose={undefined} />
            </section>
            <SignIns />
          </>
        )}
        {tab === "notifications" && <Told />}
        {tab === "jobs" && <Jobs />}
        {tab === "keys" && <Keys everybody={false} />}
      </div>
    </div>
  )
}
