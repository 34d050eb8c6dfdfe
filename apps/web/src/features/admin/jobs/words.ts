import { plural } from '../../../lib/plural.ts'

export const allJobs = 'All jobs'
export const attemptOf = (attempts: number, most: number) => `attempt ${attempts} of ${most}`
export const backgroundJobs = 'Jobs'
export const createdWhen = (when: string) => `Created ${when}`
export const doneWhen = (when: string) => `done ${when}`
export const everyState = 'Every state'
export const expiringKeys = 'Keys that expire soon'
export const failingSince = (failures: number, since: string) =>
  plural(failures, { one: `One attempt failed, ${since}`, other: `${failures} attempts failed, the first ${since}` })
export const filesOfImages = 'Files of images'
export const filesThatBelongToNo = 'Deletes files that belong to no image any more.'
export const giveUp = 'Give up'
export const giveUpWhich = (label: string) => `Give up “${label}”?`
export const isNotTriedAgain = 'It is deleted, and nobody tries it again.'
export const jobHasFailed = (count: number) => `${count} failed`
export const jobsAreRunning = (count: number) => `${count} running`
export const jobsAreTriedAgain = (count: number) => `${count} to be tried again`
export const jobsWait = (count: number) => `${count} waiting`
export const lastDone = (when: string) => `Last done ${when}`
export const mail = 'Mail'
export const mailIsHandedToThe = 'Hands mail to the mail server, and tries for hours if it does not take it.'
export const monthsToComeAreMade = 'Prepares the months to come, and drops those that are too old.'
export const nextAttempt = (when: string) => `next attempt ${when}`
export const noJobs = 'No jobs'
export const noJobsMatch = 'No jobs match.'
export const notYetDone = 'Not done yet'
export const nothingFails = 'Every webhook is delivered.'
export const ofWhom = (owner: string) => `Added by ${owner}`
export const sessionsLinksAndTheLike = 'Deletes sessions, links and the like that have expired.'
export const stateCancelled = 'Given up'
export const stateDone = 'Done'
export const stateFailed = 'Failed'
export const stateRetrying = 'To be tried again'
export const stateRunning = 'Running'
export const stateWaiting = 'Waiting'
export const theChangeLog = 'The change log'
export const theJobs = 'The jobs'
export const theKindOfJob = 'Kind of job'
export const theOwnersOfKeysAre = 'Mails the owners of API keys 14, 3 and 1 days before these expire.'
export const theState = 'State'
export const theTrash = 'The trash'
export const theWebhooks = 'The webhooks'
export const tryNow = 'Try now'
export const upcoming = (when: string) => `not before ${when}`
export const webhooksThatCannotBe =
  'Webhooks that cannot be delivered at the moment. They are tried again by themselves, for a day.'
export const whatHappensInTheBackground = 'What is done in the background'
export const whatHasBeenInThe = 'Deletes for good what has been in the trash for too long.'
export const whatIsDoneAppearsHere = 'Jobs appear here for a week after they are done.'
export const whatIsExpired = 'What has expired'
export const whatServersDoBeside = 'Mail, and what is done regularly. What fails is tried again after pauses that grow.'
export const wordsOfTheSearch = 'Words of the search'
export const wordsThatNoWorldHas = 'Deletes words that no world has any more.'
export const sizesOfImages = 'Smaller sizes of images'
export const smallerSizesOfImagesAre = 'Makes the smaller sizes of images that were uploaded or imported.'
