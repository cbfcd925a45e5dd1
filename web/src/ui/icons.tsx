import {
  Activity,
  Boxes,
  Building2,
  CalendarDays,
  CheckSquare,
  CircleDot,
  CopyCheck,
  FileCheck,
  FileText,
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
  Swords,
  Trophy,
  Users,
  Wallet,
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
}

export function ObjectIcon({ name, size = 16 }: { name?: string; size?: number }) {
  const Icon = (name && ICONS[name]) || CircleDot
  return <Icon size={size} aria-hidden="true" />
}
