import { MapPin } from "lucide-react"
import { useId } from "react"
import type { Value } from "../kernel/meta"
import { Button } from "../ui/button"
import { tell } from "../ui/toast"
import { useWords } from "../ui/words"
import type { EditProps } from "./edit"

export function geoText(value: Value | undefined): string {
  if (value === null || value === undefined) return ""
  if (typeof value !== "object" || Array.isArray(value)) return String(value)
  return `${value.lng}, ${value.lat}`
}

/** A point: typed as longitude and latitude, or taken from where one is. */
export function GeoEdit({ field, value, onChange, id, invalid, describedBy }: EditProps) {
  const say = useWords()
  const own = useId()
  function here() {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => onChange({ lng: coords.longitude, lat: coords.latitude }),
      () => tell(say("geo.refused"), { bad: true }),
    )
  }
  return (
    <div className="geo">
      <input
        id={id ?? own}
        className="input"
        inputMode="decimal"
        placeholder="120.15, 30.27"
        value={geoText(value)}
        aria-label={id ? undefined : field.label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.value || null)}
      />
      {"geolocation" in navigator && (
        <Button small icon={<MapPin size={14} />} onClick={here}>
          {say("geo.here")}
        </Button>
      )}
    </div>
  )
}
