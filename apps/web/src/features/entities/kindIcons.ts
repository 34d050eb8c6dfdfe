import type { EntityKind } from '@worldloom/schema'
import BookOpen from 'lucide-solid/icons/book-open'
import Clapperboard from 'lucide-solid/icons/clapperboard'
import Columns3 from 'lucide-solid/icons/columns-3'
import Feather from 'lucide-solid/icons/feather'
import Image from 'lucide-solid/icons/image'
import MapPin from 'lucide-solid/icons/map-pin'
import Package from 'lucide-solid/icons/package'
import UserRound from 'lucide-solid/icons/user-round'

export const kindIcons: Readonly<Record<EntityKind, typeof BookOpen>> = {
  story: Feather,
  book: BookOpen,
  act: Columns3,
  scene: Clapperboard,
  persona: UserRound,
  location: MapPin,
  thing: Package,
  image: Image,
}
