import type * as english from './words.ts'

export const allKinds = 'Alle Arten'
export const allTags = 'Alle Schlagwörter'
export const anyOtherOrInvented = 'Eine andere oder erfundene'
export const kind = 'Art'
export const language = 'Sprache'
export const languageOfTheTexts = 'Sprache der Texte'
export const namesAndTextsOfThis = 'Namen und Texte dieser Welt'
export const nothingHas: typeof english.nothingHas = (bdi) => ['Nichts in dieser Welt enthält „', bdi, '“.']
export const search = 'Suchen'
export const searchEverything = 'Alles durchsuchen'
export const searchOf: typeof english.searchOf = (displayName) => `Suche · ${displayName}`
export const showingNear: typeof english.showingNear = (wanted, shown) => [
  'Nichts enthält „',
  wanted,
  '“. Gezeigt wird, was ',
  shown,
  ' enthält. ',
]
export const theSearch = 'die Suche'
export const typosAreFinePutSeveral =
  'Tippfehler machen nichts. Setze „mehrere Wörter“ in Anführungszeichen, um sie in dieser Folge zu finden, und ein Minus vor ein Wort, das nicht vorkommen darf.'
export const whatAreYouLookingFor = 'Was suchst du?'
export const whatTheTextsAreWritten =
  'Worin die Texte geschrieben sind: Die Suche findet dann „Wächter“ auch bei „Wächtern“. Namen werden in jeder Sprache gefunden.'
