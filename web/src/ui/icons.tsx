import {
  Activity,
  Boxes,
  Briefcase,
  Building2,
  CalendarDays,
  CheckSquare,
  CircleDot,
  CopyCheck,
  Factory,
  FileCheck,
  FileText,
  Handshake,
  KeyRound,
  ListTree,
  type LucideIcon,
  Magnet,
  MessageSquareText,
  Package,
  Receipt,
  ScrollText,
  ShieldCheck,
  ShoppingCart,
  SlidersHorizontal,
  Star,
  Swords,
  Trophy,
  Truck,
  Users,
  Wallet,
  Wrench,
} from "lucide-react"

/** The icons an object may name. */
const ICONS: Record<string, LucideIcon> = {
  building: Building2,
  trophy: Trophy,
  message: MessageSquareText,
  check: CheckSquare,
  swords: Swords,
  user: Users,
  users: Users,
  magnet: Magnet,
  package: Package,
  box: Boxes,
  file: FileText,
  "file-check": FileCheck,
  "file-text": FileText,
  key: KeyRound,
  scroll: ScrollText,
  list: ListTree,
  calendar: CalendarDays,
  target: Magnet,
  "shopping-cart": ShoppingCart,
  wallet: Wallet,
  receipt: Receipt,
  copy: CopyCheck,
  pulse: Activity,
  shield: ShieldCheck,
  truck: Truck,
  factory: Factory,
  handshake: Handshake,
  briefcase: Briefcase,
  wrench: Wrench,
  star: Star,
  sliders: SlidersHorizontal,
}

/** The icons there are to pick from, each once. */
export const ICON_NAMES: readonly string[] = Object.keys(ICONS).filter(
  (name, at, all) => all.findIndex((one) => ICONS[one] === ICONS[name]) === at,
)

export function ObjectIcon({ name, size = 16 }: { name?: string; size?: number }) {
  const Icon = (name && ICONS[name]) || CircleDot
  return <Icon size={size} aria-hidden="true" />
}
