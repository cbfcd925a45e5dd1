import { type QueryClient, queryOptions } from "@tanstack/react-query"
import { ask } from "../../../data/client"

interface Called {
  key: string
  label: string
}

/** Where strangers fill a form in, and what they do not get to see. */
export interface FormAddress {
  form: string
  /** What comes behind the server's own address; none as long as nobody opened it. */
  address: string | null
  open: boolean
  /** Whether it is open and has not ended. */
  answers: boolean
  ends_at: string | null
  owner: { id: string; name: string } | null
  left_out: Called[]
  wanting: Called[]
}

export interface AddressWish {
  open: boolean
  ends_at: string | null
  owner: string | null
  anew?: boolean
}

export const addresses = {
  of: (form: string) =>
    queryOptions({
      queryKey: ["forms", form, "address"],
      queryFn: ({ signal }) => ask<FormAddress>("GET", `/forms/${form}/address`, { signal }),
      retry: false,
    }),
}

export async function keepAddress(
  client: QueryClient,
  form: string,
  wish: AddressWish,
): Promise<void> {
  const told = await ask<FormAddress>("PUT", `/forms/${form}/address`, { body: wish })
  client.setQueryData(addresses.of(form).queryKey, told)
}
