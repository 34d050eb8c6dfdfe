import { EntryCard } from './EntryCard.tsx'
import FlowLayout from './FlowLayout.tsx'
import type { LayoutProps } from './layoutProps.ts'

/** Entries as cards with their covers. */
export default function CardLayout(props: LayoutProps) {
  return (
    <FlowLayout
      {...props}
      least={props.kind.kind === 'image' ? 176 : 232}
      height={props.kind.kind === 'image' ? 210 : 270}
      lineClass="grid gap-4 pb-4"
      waiting={() => <div class="h-60 rounded-2xl bg-sunk" aria-hidden="true" />}
    >
      {(row, index) => (
        <EntryCard
          kind={props.kind}
          row={row()}
          index={index()}
          selection={props.isSelectable ? props.selection : undefined}
        />
      )}
    </FlowLayout>
  )
}
