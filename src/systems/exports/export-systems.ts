import type { System } from '../system.ts'
import { beehiiv } from './beehiiv-system.ts'
import { blogger } from './blogger-system.ts'
import { buttondown } from './buttondown-system.ts'
import { feed } from './feed-system.ts'
import { ghost } from './ghost-system.ts'
import { medium } from './medium-system.ts'
import { movableType } from './movable-type-system.ts'
import { notion } from './notion-system.ts'
import { substack } from './substack-system.ts'
import { tumblr } from './tumblr-system.ts'
import { wordpress } from './wordpress-system.ts'

/** Folders with what other systems give when asked for everything. A feed may lie beside any of them. */
export const exportSystems: System[] = [
  substack,
  medium,
  tumblr,
  buttondown,
  ghost,
  wordpress,
  blogger,
  beehiiv,
  movableType,
  notion,
  feed,
]
