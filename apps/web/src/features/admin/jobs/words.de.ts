import { plural } from '../../../lib/plural.ts'

export const allJobs = 'Alle Aufgaben'
export const attemptOf = (attempts: number, most: number) => `Versuch ${attempts} von ${most}`
export const backgroundJobs = 'Aufgaben'
export const createdWhen = (when: string) => `Angelegt ${when}`
export const doneWhen = (when: string) => `erledigt ${when}`
export const everyState = 'Jeder Stand'
export const expiringKeys = 'Schlüssel, die bald ablaufen'
export const failingSince = (failures: number, since: string) =>
  plural(failures, {
    one: `Ein Versuch scheiterte, ${since}`,
    other: `${failures} Versuche scheiterten, der erste ${since}`,
  })
export const filesOfImages = 'Bilddateien'
export const filesThatBelongToNo = 'Löscht Dateien, die zu keinem Bild mehr gehören.'
export const giveUp = 'Aufgeben'
export const giveUpWhich = (label: string) => `„${label}“ aufgeben?`
export const isNotTriedAgain = 'Die Aufgabe wird gelöscht und nicht wieder versucht.'
export const jobHasFailed = (count: number) => `${count} gescheitert`
export const jobsAreRunning = (count: number) => `${count} in Arbeit`
export const jobsAreTriedAgain = (count: number) => `${count} mit weiterem Versuch`
export const jobsWait = (count: number) => `${count} wartend`
export const lastDone = (when: string) => `Zuletzt erledigt ${when}`
export const mail = 'Mail'
export const mailIsHandedToThe = 'Übergibt Mails dem Mailserver und versucht es stundenlang, wenn er sie nicht annimmt.'
export const monthsToComeAreMade = 'Bereitet kommende Monate vor und verwirft zu alte.'
export const nextAttempt = (when: string) => `nächster Versuch ${when}`
export const noJobs = 'Keine Aufgaben'
export const noJobsMatch = 'Keine Aufgabe passt.'
export const notYetDone = 'Noch nicht erledigt'
export const nothingFails = 'Jeder Webhook wird zugestellt.'
export const ofWhom = (owner: string) => `Hinzugefügt von ${owner}`
export const sessionsLinksAndTheLike = 'Löscht abgelaufene Sitzungen, Links und Ähnliches.'
export const stateCancelled = 'Aufgegeben'
export const stateDone = 'Erledigt'
export const stateFailed = 'Gescheitert'
export const stateRetrying = 'Wird wieder versucht'
export const stateRunning = 'In Arbeit'
export const stateWaiting = 'Wartet'
export const theChangeLog = 'Das Änderungsprotokoll'
export const theJobs = 'Die Aufgaben'
export const theKindOfJob = 'Art der Aufgabe'
export const theOwnersOfKeysAre = 'Schreibt den Inhabern von API-Schlüsseln 14, 3 und 1 Tage, bevor diese ablaufen.'
export const theState = 'Stand'
export const theTrash = 'Der Papierkorb'
export const theWebhooks = 'Die Webhooks'
export const tryNow = 'Jetzt versuchen'
export const upcoming = (when: string) => `nicht vor ${when}`
export const webhooksThatCannotBe =
  'Webhooks, die sich gerade nicht zustellen lassen. Einen Tag lang wird es von selbst wieder versucht.'
export const whatHappensInTheBackground = 'Was im Hintergrund geschieht'
export const whatHasBeenInThe = 'Löscht endgültig, was zu lange im Papierkorb lag.'
export const whatIsDoneAppearsHere = 'Aufgaben stehen hier noch eine Woche, nachdem sie erledigt sind.'
export const whatIsExpired = 'Was abgelaufen ist'
export const whatServersDoBeside =
  'Mails und was regelmäßig zu tun ist. Was scheitert, wird nach wachsenden Pausen wieder versucht.'
export const wordsOfTheSearch = 'Wörter der Suche'
export const wordsThatNoWorldHas = 'Löscht Wörter, die keine Welt mehr hat.'
export const sizesOfImages = 'Kleinere Größen von Bildern'
export const smallerSizesOfImagesAre = 'Macht kleinere Größen von Bildern, die hochgeladen oder importiert wurden.'
