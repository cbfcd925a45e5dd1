import {
  AlignLeft, AtSign, Banknote, Building2, Calculator, Calendar, CalendarClock, CheckSquare,
  CircleDot, FileSignature, Hash, IdCard, Image, Landmark, Link2, ListChecks, type LucideIcon,
  MapPin, Network, Paperclip, Percent, Phone, Rows3, Sigma, SquareFunction, Star, Tags, Type, User,
  Users, Waypoints,
} from "lucide-react" // biome-ignore format: a list

const ICONS: Record<string, LucideIcon> = {
  text: Type, long_text: AlignLeft, number: Calculator, money: Banknote, percent: Percent,
  boolean: CheckSquare, date: Calendar, datetime: CalendarClock, option: CircleDot,
  options: ListChecks, tags: Tags, user: User, users: Users, department: Network, lookup: Link2,
  lookups: Waypoints, children: Rows3, phone: Phone, email: AtSign, url: Link2,
  person_name: User, job_title: IdCard, company_name: Building2, credit_code: IdCard,
  id_number: IdCard, bank_account: Landmark, region: MapPin, address: MapPin, geo: MapPin,
  auto_number: Hash, formula: SquareFunction, rollup: Sigma, attachment: Paperclip, image: Image,
  signature: FileSignature, rating: Star,
} // biome-ignore format: a table

export function KindIcon({ kind, size = 16 }: { kind: string; size?: number }) {
  const Icon = ICONS[kind] ?? CircleDot
  return <Icon size={size} aria-hidden="true" />
}
