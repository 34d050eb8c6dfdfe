export const aWorld = 'A world'
export const allOf = (count: number, many: string) => `All ${count} ${many}`
export const connectedWith = 'Connected with'
export const contents = 'Contents'
export const facts = 'Facts'
export const foundFor = (count: number, text: string) => `${count} found for “${text}”`
export const fromTheWorld = 'From the world'
export const givesAwayFrom = (scene: string) => `Gives away what is known from “${scene}” on. Show it`
export const givesAwayTheStory = 'Gives away the story. Show it'
export const inThisWorld = 'In this world'
export const isNotReadable = 'It is private, was deleted, or the link that showed it has ended.'
export const linkIsUsedUp = 'This link has been opened as often as it can be. Ask whoever sent it for a new one.'
export const linkShowsNothing = 'This link shows nothing'
export const linkWasEnded = 'It was revoked, has expired, or is not complete. Ask whoever sent it for a new one.'
export const madeWithWorldloom = 'Made with Worldloom'
export const maps = 'Maps'
export const nextPage = 'Next page'
export const noPublicWorlds = 'Nobody has made a world public here yet.'
export const noneToRead = (many: string) => `No ${many} to read yet.`
export const nothingElse = 'There is nothing else to read here yet.'
export const nothingIsCalled = (text: string) => `Nothing here is called “${text}”.`
export const nothingToRead = 'Nothing to read'
export const nothingToReadHere = 'There is nothing to read here'
/** “Scene of …”, before the title of its story. */
export const ofStory = (one: string) => `${one} of`
export const onThisMap = 'On this map'
export const openInTheStudio = 'Open in the studio'
export const pages = 'Pages'
export const part = (first: number, last: number, count: number) => `${first} to ${last} of ${count}`
export const previousPage = 'Previous page'
export const publicWorlds = 'Fictional worlds that everybody may read.'
export const readIt = 'Read it'
export const readItInItsStory = 'Read it in its story'
export const readTheStory = 'Read the story'
export const search = 'Search'
export const searchThisWorld = 'Search this world'
export const shareLink = 'Share link'
export const sharedWithYou = 'Shared with you'
/** After the name of whoever shares it. */
export const sharesThisWithYou = 'shares this with you. No account is needed to read it.'
export const signIn = 'Sign in'
export const since = (date: string) => `since ${date}`
export const skipToTheContent = 'Skip to the content'
export const stories = 'Stories'
export const story = 'Story'
export const theKindOfWorld = (many: string, world: string) => `The ${many} of ${world}.`
export const until = (date: string) => `until ${date}`
export const worldSharedBy = (who: string) => `A world that ${who} shares with you.`
export const worldsToRead = 'Worlds to read'
export const yourWorlds = 'Your worlds'
