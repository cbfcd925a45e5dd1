import { X } from "lucide-react"
import { useState } from "react"
import { ExpressionInput } from "../../../fields/expression"
import { ChooseDepartments } from "../../../fields/people"
import { Button, IconButton } from "../../../ui/button"
import { Chip } from "../../../ui/chip"
import { Float } from "../../../ui/float"
import { Tick } from "../../../ui/labelled"
import { useWords } from "../../../ui/words"
import {
  ACTIONS,
  type Act,
  follows,
  grantOf,
  OTHERS,
  type RoleDoc,
  saidOf,
  scopesOf,
  WORDS,
  withGrant,
  withScopes,
} from "./model"
import { isExpression, type Naming, SCOPE_COLORS } from "./words"

interface Props {
  role: RoleDoc
  stored: RoleDoc
  objects: readonly string[]
  naming: Naming
  chosen: string
  onChoose: (object: string) => void
  onChange: (role: RoleDoc) => void
}

/** Actions by objects: with which records. */
export function Matrix(props: Props) {
  const { objects, role, stored, naming, chosen, onChoose, onChange } = props
  const say = useWords()
  return (
    <div className="matrix-box">
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">{say("roles.object")}</th>
            {ACTIONS.map((one) => (
              <th key={one} scope="col">
                {say(`act.${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...objects, OTHERS].map((object) => (
            <tr key={object} aria-current={object === chosen ? "true" : undefined}>
              <th scope="row">
                <button type="button" className="matrix-object" onClick={() => onChoose(object)}>
                  {naming.object(object)}
                </button>
              </th>
              {ACTIONS.map((act) => (
                <Cell
                  key={act}
                  object={object}
                  act={act}
                  role={role}
                  stored={stored}
                  naming={naming}
                  onOpen={() => onChoose(object)}
                  onChange={onChange}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({
  object,
  act,
  role,
  stored,
  naming,
  onOpen,
  onChange,
}: Pick<Props, "role" | "stored" | "naming" | "onChange"> & {
  object: string
  act: Act
  onOpen: () => void
}) {
  const say = useWords()
  const grant = grantOf(role, object)
  // An object that is not named is granted what all others are.
  const unnamed = object !== OTHERS && !grant ? grantOf(role, OTHERS) : undefined
  const said = saidOf(grant, act)
  const scopes = scopesOf(grant ?? unnamed, act)
  const before = scopesOf(grantOf(stored, object) ?? grantOf(stored, OTHERS), act)
  const changed = [...scopes].sort().join() !== [...before].sort().join()
  const told = scopes.length > 0 ? scopes.map(naming.scope).join("、") : say("roles.none")
  return (
    <td data-changed={changed || undefined}>
      <Float
        wide
        label={`${naming.object(object)} · ${say(`act.${act}`)}`}
        trigger={
          <button
            type="button"
            className="matrix-cell"
            onFocus={onOpen}
            data-follows={said === undefined || unnamed ? "true" : undefined}
            title={told}
          >
            <span className="unseen">
              {say("roles.cell", { object: naming.object(object), act: say(`act.${act}`), told })}
            </span>
            {scopes.length === 0 ? (
              <span className="faint" aria-hidden="true">
                —
              </span>
            ) : (
              <Short scopes={scopes} act={act} naming={naming} />
            )}
          </button>
        }
      >
        <ScopeEditor
          object={object}
          act={act}
          said={said}
          scopes={scopes}
          naming={naming}
          onChange={(next) => onChange(withGrant(role, object, withScopes(grant, act, next)))}
        />
      </Float>
    </td>
  )
}

/** The scopes of a cell in few letters: the first one, and how many more. */
function Short({ scopes, act, naming }: { scopes: readonly string[]; act: Act; naming: Naming }) {
  const say = useWords()
  const words = WORDS.filter((one) => scopes.includes(one))
  const first = words.at(-1)
  const more = scopes.length - 1
  const shown =
    act === "import"
      ? say("value.yes")
      : first
        ? say(`scope.short.${first}`)
        : isExpression(scopes[0] ?? "")
          ? say("scope.short.expression")
          : naming.scope(scopes[0] ?? "")
  return (
    <span className="matrix-short" aria-hidden="true">
      <Chip word={shown} color={first ? SCOPE_COLORS[first] : "violet"} />
      {more > 0 && <span className="matrix-more">+{more}</span>}
    </span>
  )
}

/** Which records: words that add up, departments by name, conditions. */
function ScopeEditor({
  object,
  act,
  said,
  scopes,
  naming,
  onChange,
}: {
  object: string
  act: Act
  said: readonly string[] | undefined
  scopes: readonly string[]
  naming: Naming
  onChange: (scopes: readonly string[] | undefined) => void
}) {
  const say = useWords()
  const [writing, setWriting] = useState<string>()
  const other = follows(act)
  const turn = (scope: string, on: boolean) =>
    onChange(on ? [...scopes, scope] : scopes.filter((one) => one !== scope))
  if (act === "import")
    return (
      <div className="scope-editor">
        <Tick
          label={`${naming.object(object)} · ${say("act.import")}`}
          checked={scopes.length > 0}
          onChange={(on) => onChange(on ? ["all"] : [])}
        />
      </div>
    )
  const places = scopes.filter((one) => /^departments?:/.test(one))
  const below = places.filter((one) => one.startsWith("departments:"))
  const exact = places.filter((one) => one.startsWith("department:"))
  const conditions = scopes.filter(isExpression)
  const idsOf = (list: readonly string[]) => list.map((one) => one.replace(/^departments?:/, ""))
  const placed = (kind: string, gone: readonly string[], ids: readonly string[]) =>
    onChange([...scopes.filter((one) => !gone.includes(one)), ...ids.map((id) => `${kind}:${id}`)])
  return (
    <div className="scope-editor">
      <strong>
        {naming.object(object)} · {say(`act.${act}`)}
      </strong>
      {other && (
        <Tick
          label={say("roles.follows", { act: say(`act.${other}`) })}
          checked={said === undefined}
          onChange={(on) => onChange(on ? undefined : scopes)}
        />
      )}
      <fieldset className="scope-words" disabled={said === undefined && !!other}>
        <legend className="unseen">{say("roles.scopes")}</legend>
        {WORDS.map((one) => (
          <Tick
            key={one}
            label={say(`scope.${one}`)}
            checked={scopes.includes(one)}
            onChange={(on) => turn(one, on)}
          />
        ))}
      </fieldset>
      {!(said === undefined && other) && (
        <>
          <div className="scope-places">
            <span>{say("scope.places")}</span>
            <ChooseDepartments
              label={say("scope.places")}
              value={idsOf(exact)}
              onChange={(ids) => placed("department", exact, ids)}
            />
            <span>{say("scope.places.below")}</span>
            <ChooseDepartments
              label={say("scope.places.below")}
              value={idsOf(below)}
              onChange={(ids) => placed("departments", below, ids)}
            />
          </div>
          {conditions.map((one) => (
            <div key={one} className="scope-condition">
              <code>{one}</code>
              <IconButton label={`${say("filter.drop")} ${one}`} onClick={() => turn(one, false)}>
                <X size={14} />
              </IconButton>
            </div>
          ))}
          {object !== OTHERS &&
            (writing === undefined ? (
              <Button small look="quiet" onClick={() => setWriting("")}>
                {say("scope.condition.add")}
              </Button>
            ) : (
              <div className="scope-writing">
                <ExpressionInput
                  object={object}
                  value={writing}
                  expects="boolean"
                  label={say("scope.condition")}
                  more={{ autoFocus: true, trial: false }}
                  onChange={setWriting}
                />
                <Button
                  small
                  disabled={writing.trim() === ""}
                  onClick={() => {
                    turn(writing.trim(), true)
                    setWriting(undefined)
                  }}
                >
                  {say("do.apply")}
                </Button>
              </div>
            ))}
        </>
      )}
    </div>
  )
}
