import {
  BadgePercent,
  Banknote,
  Boxes,
  Building2,
  CheckSquare,
  CircleDot,
  FileText,
  type LucideIcon,
  Magnet,
  MessageSquareText,
  Package,
  Receipt,
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
  contact: Users,
  magnet: Magnet,
  lead: Magnet,
  package: Package,
  box: Boxes,
  file: FileText,
  contract: FileText,
  cart: ShoppingCart,
  order: ShoppingCart,
  wallet: Wallet,
  money: Banknote,
  receipt: Receipt,
  quote: BadgePercent,
}

export function ObjectIcon({ name, size = 16 }: { name?: string; size?: number }) {
  const Icon = (name && ICONS[name]) || CircleDot
  return <Icon size={size} aria-hidden="true" />
}
