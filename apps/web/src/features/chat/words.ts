import type { JSX } from 'solid-js'
import { withArticle } from '../../lib/article.ts'

export const about = 'About'
export const aChangedOne = (one: string) => withArticle(one)
export const added = 'Added'
export const addIt = 'Add it'
export const allConversations = 'All conversations'
export const anEntry = 'an entry'
export const answer = 'Answer'
export const answeredBy = (model: string, tokens: string, isEstimated: boolean) =>
  `${model} · ${isEstimated ? 'about ' : ''}${tokens} tokens`
export const answerOf = (value: number, length: number) => `${value} of ${length}`
export const askAbout = (bdi: JSX.Element): JSX.Element => ['Ask about ', bdi]
export const askAboutTheWorld = 'Ask about the world …'
export const askAboutThisWorld = 'Ask about this world …'
export const askSomething = 'Ask something …'
export const askThisInstead = 'Ask this instead'
export const asOfAScene = 'As of a scene'
export const beginAnother = 'Begin another'
export const change = 'Change'
export const changed = 'Changed'
export const changeIt = 'Change it'
export const conversations = 'Conversations'
export const copyTheAnswer = 'Copy the answer'
export const didNotWork = 'did not work'
export const dismissedNothingWasWritten = 'Dismissed: nothing was written.'
export const editTheQuestion = 'Edit the question'
export const entries = 'entries'
export const exportAsJson = 'Export as JSON'
export const exportAsMarkdown = 'Export as Markdown'
export const itDoesNotExistOr = 'It does not exist, or was deleted.'
export const itIsGoneByNow = 'it is gone by now'
export const keyExample = 'sk-…'
export const lookedForContradictions = 'Looked for contradictions'
export const lookedUpLatest = (kind: string, found: number | undefined) =>
  `Looked up the latest ${kind}${foundSo(found)}`
export const madeAProposal = 'Made a proposal'
export const menuOf = (title: string) => `Menu of ${title}`
export const messages = 'Messages'
export const missing = 'missing'
export const modelAtHost = (model: string, host: string) => `${model} at ${host}`
export const modelExample = 'gpt-5-mini, llama3.3 …'
export const newConversation = 'New conversation'
export const newOne = (one: string) => `New ${one}`
export const noConversationFound = 'No conversation found.'
export const noModelIsConfiguredAny = 'No model is configured any more'
export const noModelIsConfiguredYet = 'No model is configured yet'
export const noneYet = 'None yet.'
export const noSuchConversation = 'No such conversation'
export const nothingIsWrittenUntilYou = 'Nothing is written until you confirm it.'
export const noWorldOfMine = 'no world of mine'
export const openAsAPage = 'Open as a page'
export const proposalToAdd = (one: string) => `Proposal: add ${withArticle(one)}`
export const proposalToChange = (one: string) => `Proposal: change ${withArticle(one)}`
export const quoted = (name: string) => `“${name}”`
export const readEntry = (whose: string) => `Read ${whose}`
export const readOutline = (whose: string) => `Read the outline of ${whose}`
export const readTheKindsOfLinks = 'Read the kinds of links'
export const readTheTimeline = 'Read the timeline'
export const readWhatAnEntryIs = 'Read what an entry is linked with'
export const reasoning = 'Reasoning'
export const regenerate = 'Regenerate'
export const rename = 'Rename'
export const renameTheConversation = 'Rename the conversation'
export const scene = 'Scene'
export const searchConversations = 'Search conversations'
export const searched = (query: string, found: number | undefined) => `Searched for “${query}”${foundSo(found)}`
export const send = 'Send'
export const settingsFile = '.env'
export const setupHint = (code: JSX.Element): JSX.Element => [
  'The chat talks to a language model at any endpoint that speaks OpenAI’s protocol. Whoever runs this Worldloom names one by these settings, in the environment or in ',
  code,
  ':',
]
export const stopTheAnswer = 'Stop the answer'
export const theAnswerIsBeingWritten = 'The answer is being written.'
export const theAnswerIsInThe = 'The answer is in the clipboard.'
export const theAnswerIsThere = 'The answer is there.'
export const theAnswersKnowNothingOf = 'The answers know nothing of what is only known or happens later.'
export const theChatCouldNotBe = 'The chat could not be loaded'
export const theConnectionIsLostIt = 'The connection is lost. It is tried again by itself; answers go on being written.'
export const theConversationCouldNotBe = 'The conversation could not be loaded'
export const theConversations = 'The conversations'
export const theKeyForItsEndpoint = 'the key for its endpoint; one of your own machine may need none'
export const theModelThatAnswers = 'the model that answers'
export const theOneAfter = 'The one after'
export const theOneBefore = 'The one before'
export const theQuestion = 'The question'
export const thinking = (span: JSX.Element): JSX.Element => [span, 'Thinking …']
export const thisBrowserDoesNotAllow = 'This browser does not allow access to the clipboard.'
export const title = 'Title'
export const tooLong = (tooLong: string, longest: string) => `${tooLong} characters too long: at most ${longest}.`
export const tried = (name: string) => `Tried ${name}`
export const triedAgain = (failure: string) => `${failure} It is tried again by itself.`
export const triedToMakeAProposal = 'Tried to make a proposal'
export const undo = 'Undo'
export const usedToday = (used: { requests: string; requestsPerDay: string; tokens: string; tokensPerDay: string }) =>
  `today ${used.requests} of ${used.requestsPerDay} questions, ${used.tokens} of ${used.tokensPerDay} tokens`
export const wasDeleted = (title: string) => `“${title}” was deleted.`
export const whatIsAboveWasToo = 'What is above was too much: the model was not told it any more'
export const whatWouldYouLikeTo = 'What would you like to know?'
export const whereTheEndpointIsUnless = 'where the endpoint is, unless it is OpenAI’s: Azure, Ollama, vLLM, LM Studio …'
export const you = 'You'
export const yourMessage = 'Your message'
export const youStoppedTheAnswerHere = 'You stopped the answer here.'

function foundSo(found: number | undefined): string {
  return found === undefined ? '' : `: ${found || 'nothing'} found`
}
export const itLooksThingsUpIn =
  'It looks things up in your world, shows where it has them from, and can propose what to add or change. Nothing is written unless you confirm it.'
export const itWasChangedMeanwhileWhat =
  'It was changed meanwhile. What it is now is shown above: confirm once more to change that.'
export const conversationCost = (dollars: string) => `${dollars} for this conversation`
export const costThisMonth = (used: string, perMonth: string | undefined) =>
  perMonth === undefined ? `${used} this month` : `${used} of ${perMonth} this month`
