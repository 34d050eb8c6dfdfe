import { worldLanguages } from '@worldloom/schema/worldLanguages'
import { Show } from 'solid-js'
import { capitalized } from '../../lib/kinds.ts'
import { Choice } from '../../ui/choice.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { createWorldUpdate } from '../worlds/createWorldUpdate.ts'
import { useWorld } from '../worlds/worldContext.ts'

/** The language of a world's texts, whose word endings the search knows. */
export default function LanguageSettings() {
  const world = useWorld()
  const { change, failure } = createWorldUpdate(world)
  return (
    <Panel
      title="Language"
      hint="What the texts are written in: the search then finds “keepers” for “keeper”. Names are found in any language."
    >
      <div class="max-w-sm">
        <Choice
          label="Language of the texts"
          value={worldLanguages.find((each) => each === world().language) ?? 'simple'}
          onChange={(language) => void change({ language })}
          options={worldLanguages.map(
            (language) => [language, language === 'simple' ? 'Any other, or invented' : capitalized(language)] as const,
          )}
        />
      </div>
      <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
    </Panel>
  )
}
