import { languageTags } from '@worldloom/schema/languageTags'
import { type WorldLanguage, worldLanguages } from '@worldloom/schema/worldLanguages'
import { Show } from 'solid-js'
import { capitalized } from '../../lib/kinds.ts'
import { language } from '../../lib/words.ts'
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
            (each) => [each, each === 'simple' ? words.anyOtherOrInvented : nameOf(each)] as const,
          )}
        />
      </div>
      <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
    </Panel>
  )
}

function nameOf(each: WorldLanguage): string {
  return new Intl.DisplayNames(language, { type: 'language' }).of(languageTags[each] ?? each) ?? capitalized(each)
}
