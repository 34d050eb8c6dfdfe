import type { Database } from '@worldloom/db'
import type { ChangeSet, ChangeSetStatus } from '@worldloom/schema'
import { sql } from 'kysely'

/** Change sets as they are listed. */
export function selectChangeSets(db: Database) {
  return db
    .selectFrom('changeSets')
    .innerJoin('users as proposer', 'proposer.id', 'changeSets.proposedBy')
    .leftJoin('users as decider', 'decider.id', 'changeSets.decidedBy')
    .select([
      'changeSets.id',
      'changeSets.worldId',
      'changeSets.title',
      'changeSets.status',
      'changeSets.apiKeyName',
      'changeSets.viaChat',
      'changeSets.createdAt',
      'changeSets.decidedAt',
      'changeSets.requestId',
      'changeSets.proposedBy as proposedById',
      'proposer.displayName as proposedBy',
      'changeSets.decidedBy as decidedById',
      'decider.displayName as decidedBy',
      sql<number>`json_array_length(change_sets.changes)`.as('count'),
    ])
    .$castTo<ChangeSet & { readonly status: ChangeSetStatus }>() // the same names
}
