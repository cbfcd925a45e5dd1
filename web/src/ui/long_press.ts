/** A finger that rests on something: what the right button is to a mouse. */

import { type MouseEvent, type PointerEvent, useRef } from "react"

const RESTS = 450
const STILL = 10

/** What an element needs to hear a long press; the click that ends one does nothing more. */
export function useLongPress(onPress: () => void) {
  const timer = useRef(0)
  const began = useRef({ x: 0, y: 0 })
  const pressed = useRef(false)
  const stop = () => window.clearTimeout(timer.current)
  return {
    onPointerDown: (event: PointerEvent) => {
      pressed.current = false
      if (event.pointerType === "mouse") return
      began.current = { x: event.clientX, y: event.clientY }
      stop()
      timer.current = window.setTimeout(() => {
        pressed.current = true
        onPress()
      }, RESTS)
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const { x, y } = began.current
      if (Math.hypot(clientX - x, clientY - y) > STILL) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: (event: MouseEvent) => {
      if (pressed.current) event.preventDefault()
    },
    onClick: (event: MouseEvent) => {
      if (pressed.current) event.preventDefault()
    },
  }
}
