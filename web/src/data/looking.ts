import { useQuery } from "@tanstack/react-query"
import { mayWrite } from "../kernel/looking"
import { me } from "./recipes"

/** Says whether one may write at all; not while one looks through somebody else's eyes. */
export function useMayWrite(): boolean {
  const { data } = useQuery(me())
  return data !== undefined && mayWrite(data)
}
