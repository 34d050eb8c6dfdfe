import type { WorldRole } from '@worldloom/schema/worldRole'

export const roleLabels: Readonly<Record<WorldRole, string>> = { owner: 'Owner', editor: 'Editor', viewer: 'Viewer' }
