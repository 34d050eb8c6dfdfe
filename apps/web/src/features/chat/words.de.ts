import type * as english from './words.ts'

export const about = 'Worüber'
export const aChangedOne: typeof english.aChangedOne = (one) => `: ${one}`
export const added = 'Angelegt'
export const addIt = 'Anlegen'
export const allConversations = 'Alle Gespräche'
export const anEntry = 'einen Eintrag'
export const answer = 'Antwort'
export const answeredBy: typeof english.answeredBy = (model, tokens, isEstimated) =>
  `${model} · ${isEstimated ? 'etwa ' : ''}${tokens} Token`
export const answerOf: typeof english.answerOf = (value, length) => `${value} von ${length}`
export const askAbout: typeof english.askAbout = (bdi) => ['Fragen zu ', bdi]
export const askAboutTheWorld = 'Frag etwas über die Welt …'
export const askAboutThisWorld = 'Frag etwas über diese Welt …'
export const askSomething = 'Frag etwas …'
export const askThisInstead = 'Stattdessen dies fragen'
export const asOfAScene = 'Stand einer Szene'
export const beginAnother = 'Ein neues beginnen'
export const change = 'Ändern'
export const changed = 'Geändert'
export const changeIt = 'Ändern'
export const conversations = 'Gespräche'
export const copyTheAnswer = 'Antwort kopieren'
export const didNotWork = 'hat nicht geklappt'
export const dismissedNothingWasWritten = 'Verworfen: Es wurde nichts geschrieben.'
export const editTheQuestion = 'Frage bearbeiten'
export const entries = 'Einträge'
export const exportAsJson = 'Als JSON exportieren'
export const exportAsMarkdown = 'Als Markdown exportieren'
export const itDoesNotExistOr = 'Es gibt es nicht, oder es wurde gelöscht.'
export const itIsGoneByNow = 'es gibt ihn nicht mehr'
export const itLooksThingsUpIn =
  'Er schlägt in deiner Welt nach, zeigt, woher er es hat, und kann vorschlagen, was man anlegen oder ändern könnte. Geschrieben wird nur, was du bestätigst.'
export const itWasChangedMeanwhileWhat =
  'Inzwischen wurde es geändert. Oben steht der jetzige Stand: Bestätige noch einmal, um ihn zu ändern.'
export const keyExample = 'sk-…'
export const lookedForContradictions = 'Nach Widersprüchen gesucht'
export const lookedUpLatest: typeof english.lookedUpLatest = (kind, found) =>
  `Neueste ${kind} nachgeschlagen${foundSo(found)}`
export const madeAProposal = 'Einen Vorschlag gemacht'
export const menuOf: typeof english.menuOf = (title) => `Menü von ${title}`
export const messages = 'Nachrichten'
export const missing = 'fehlt'
export const modelAtHost: typeof english.modelAtHost = (model, host) => `${model} bei ${host}`
export const modelExample = 'gpt-5-mini, llama3.3 …'
export const newConversation = 'Neues Gespräch'
export const newOne: typeof english.newOne = (one) => `Anlegen: ${one}`
export const noConversationFound = 'Kein Gespräch gefunden.'
export const noModelIsConfiguredAny = 'Es ist kein Modell mehr eingerichtet'
export const noModelIsConfiguredYet = 'Es ist noch kein Modell eingerichtet'
export const noneYet = 'Noch keine.'
export const noSuchConversation = 'Dieses Gespräch gibt es nicht'
export const nothingIsWrittenUntilYou = 'Geschrieben wird erst, wenn du bestätigst.'
export const noWorldOfMine = 'keine meiner Welten'
export const openAsAPage = 'Als Seite öffnen'
export const proposalToAdd: typeof english.proposalToAdd = (one) => `Vorschlag: ${one} anlegen`
export const proposalToChange: typeof english.proposalToChange = (one) => `Vorschlag: ${one} ändern`
export const quoted: typeof english.quoted = (name) => `„${name}“`
export const readEntry: typeof english.readEntry = (whose) => `Gelesen: ${whose}`
export const readOutline: typeof english.readOutline = (whose) => `Gliederung gelesen: ${whose}`
export const readTheKindsOfLinks = 'Arten von Verbindungen gelesen'
export const readTheTimeline = 'Zeitleiste gelesen'
export const readWhatAnEntryIs = 'Verbindungen eines Eintrags gelesen'
export const reasoning = 'Überlegung'
export const regenerate = 'Neu erzeugen'
export const rename = 'Umbenennen'
export const renameTheConversation = 'Gespräch umbenennen'
export const scene = 'Szene'
export const searchConversations = 'Gespräche durchsuchen'
export const searched: typeof english.searched = (query, found) => `Nach „${query}“ gesucht${foundSo(found)}`
export const send = 'Senden'
export const settingsFile = '.env'
export const setupHint: typeof english.setupHint = (code) => [
  'Der Chat spricht mit einem Sprachmodell an einem beliebigen Endpunkt, der das Protokoll von OpenAI versteht. Wer dieses Worldloom betreibt, nennt es mit diesen Einstellungen, in der Umgebung oder in ',
  code,
  ':',
]
export const stopTheAnswer = 'Antwort anhalten'
export const theAnswerIsBeingWritten = 'Die Antwort wird geschrieben.'
export const theAnswerIsInThe = 'Die Antwort ist in der Zwischenablage.'
export const theAnswerIsThere = 'Die Antwort ist da.'
export const theAnswersKnowNothingOf =
  'Die Antworten wissen nichts von dem, was erst später bekannt wird oder geschieht.'
export const theChatCouldNotBe = 'Der Chat konnte nicht geladen werden'
export const theConnectionIsLostIt =
  'Die Verbindung ist unterbrochen. Es wird von selbst noch einmal versucht; Antworten werden weiter geschrieben.'
export const theConversationCouldNotBe = 'Das Gespräch konnte nicht geladen werden'
export const theConversations = 'die Gespräche'
export const theKeyForItsEndpoint =
  'der Schlüssel für seinen Endpunkt; einer auf dem eigenen Rechner braucht vielleicht keinen'
export const theModelThatAnswers = 'das Modell, das antwortet'
export const theOneAfter = 'Die danach'
export const theOneBefore = 'Die davor'
export const theQuestion = 'Die Frage'
export const thinking: typeof english.thinking = (span) => [span, 'Denkt nach …']
export const thisBrowserDoesNotAllow = 'Dieser Browser erlaubt keinen Zugriff auf die Zwischenablage.'
export const title = 'Titel'
export const tooLong: typeof english.tooLong = (tooLong, longest) => `${tooLong} Zeichen zu lang: höchstens ${longest}.`
export const tried: typeof english.tried = (name) => `Versucht: ${name}`
export const triedAgain: typeof english.triedAgain = (failure) => `${failure} Es wird von selbst noch einmal versucht.`
export const triedToMakeAProposal = 'Wollte einen Vorschlag machen'
export const undo = 'Rückgängig'
export const usedToday: typeof english.usedToday = (used) =>
  `heute ${used.requests} von ${used.requestsPerDay} Fragen, ${used.tokens} von ${used.tokensPerDay} Token`
export const wasDeleted: typeof english.wasDeleted = (title) => `„${title}“ wurde gelöscht.`
export const whatIsAboveWasToo = 'Was darüber steht, war zu viel: Dem Modell wurde es nicht mehr gesagt'
export const whatWouldYouLikeTo = 'Was möchtest du wissen?'
export const whereTheEndpointIsUnless =
  'wo der Endpunkt ist, wenn es nicht der von OpenAI ist: Azure, Ollama, vLLM, LM Studio …'
export const you = 'Du'
export const yourMessage = 'Deine Nachricht'
export const youStoppedTheAnswerHere = 'Hier hast du die Antwort angehalten.'

function foundSo(found: number | undefined): string {
  return found === undefined ? '' : `: ${found || 'nichts'} gefunden`
}
export const conversationCost = (dollars: string) => `${dollars} für dieses Gespräch`
export const costThisMonth: typeof english.costThisMonth = (used, perMonth) =>
  perMonth === undefined ? `${used} in diesem Monat` : `${used} von ${perMonth} in diesem Monat`
