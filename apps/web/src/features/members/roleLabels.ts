import type { WorldRole } from '@worldloom/schema/worldRole'
import * as words from './words.ts'

export const roleLabels: Readonly<Record<WorldRole, string>> = {
  owner: words.owner,
  editor: words.editor,
  viewer: words.viewer,
}
