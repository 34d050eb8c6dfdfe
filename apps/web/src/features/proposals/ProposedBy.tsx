import { Show } from 'solid-js'
import type { ChangeSet } from '../../lib/api.ts'
import { timeAgo } from '../../lib/time.ts'
import { language } from '../../lib/words.ts'
import * as words from './words.ts'

/** Who proposed changes, with which key, and when; and who decided. */
export function ProposedBy(props: { changeSet: ChangeSet }) {
  const proposer = () => <bdi>{props.changeSet.proposedBy}</bdi>
  const when = () => <When at={props.changeSet.createdAt} />
  return (
    <p class="text-sm text-soft">
      <Show
        when={props.changeSet.apiKeyName}
        fallback={(props.changeSet.viaChat ? words.proposedInChat : words.proposedBy)(proposer(), when())}
      >
        {(key) => words.proposedWithKey(proposer(), <bdi>{key()}</bdi>, when())}
      </Show>
      <Show when={props.changeSet.decidedAt}>
        {(at) => (
          <>
            {' · '}
            {(props.changeSet.status === 'confirmed' ? words.confirmedBy : words.dismissedBy)(
              <bdi>{props.changeSet.decidedBy ?? '–'}</bdi>,
              <When at={at()} />,
            )}
          </>
        )}
      </Show>
    </p>
  )
}

function When(props: { at: string }) {
  return (
    <time dateTime={props.at} title={new Date(props.at).toLocaleString(language)}>
      {timeAgo(props.at)}
    </time>
  )
}
