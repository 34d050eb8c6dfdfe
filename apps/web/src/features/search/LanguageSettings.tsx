import { worldLanguages } from '@worldloom/schema/worldLanguages'
import { Show } from 'solid-js'
import { capitalized } from '../../lib/kinds.ts'
import { Choice } from '../../ui/choice.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { createWorldUpdate } from '../worlds/createWorldUpdate.ts'
import { useWorld } from '../worlds/worldContext.ts'
import * as words from './words.ts'

/** The language of a world's texts, whose word endings the search knows. */
export default function LanguageSettings() {
  const world = useWorld()
  const { change, failure } = createWorldUpdate(world)
  return (
    <Panel title={words.language} hint={words.whatTheTextsAreWritten}>
      <div class="max-w-sm">
        <Choice
          label={words.languageOfTheTexts}
          value={worldLanguages.find((each) => each === world().language) ?? 'simple'}
          onChange={(language) => void change({ language })}
          options={worldLanguages.map(
            (language) => [language, language === 'simple' ? words.anyOtherOrInvented : capitalized(language)] as const,
          )}
        />
      </div>
      <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
    </Panel>
  )
}
