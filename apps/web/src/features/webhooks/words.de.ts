import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const address = 'Adresse'
export const addresses = 'Adressen'
export const addWebhook = 'Webhook hinzufügen'
export const aNewWebhook = 'Neuer Webhook'
export const attempt: typeof english.attempt = (time, milliseconds) => [time, ' · ', milliseconds, ' ms']
export const chooseWhatItIsTold = 'Wähle, was gemeldet wird.'
export const deleteTheWebhook: typeof english.deleteTheWebhook = (host) => `Den Webhook an ${host} löschen?`
export const deleteWhich: typeof english.deleteWhich = (span) => ['Löschen', span]
export const deliveriesOf: typeof english.deliveriesOf = (span) => ['Zustellungen', span]
export const editWebhook = 'Webhook bearbeiten'
export const editWhich: typeof english.editWhich = (span) => ['Bearbeiten', span]
export const failing = 'scheitert'
export const failingSo: typeof english.failingSo = (tries, again) =>
  `Scheitert: ${plural(tries, { one: 'einmal', other: `${formatNumber(tries)}-mal` })} versucht, wieder ${again}.`
export const forHost: typeof english.forHost = (host) => ` für ${host}`
export const messageAndResponse = 'Nachricht und Antwort'
export const newSecretFor: typeof english.newSecretFor = (span) => ['Neues Geheimnis', span]
export const newWebhook = 'Neuer Webhook'
export const noAddressIsToldAnything = 'Keiner Adresse wird etwas gemeldet.'
export const noResponseBody = 'Die Antwort hat keinen Inhalt.'
export const nothingMoreIsSentThere =
  'Dorthin wird nichts mehr gesendet, und die Liste der Zustellungen verschwindet mit.'
export const nothingWasSentYet = 'Noch wurde nichts gesendet.'
export const notSent = 'nicht gesendet'
export const off = 'aus'
export const on = 'an'
export const onlyChangesOf = 'Nur Änderungen an'
export const onlyTheOwnerSeesThe = 'Nur die Leitung sieht die Webhooks'
export const secret = 'Geheimnis'
export const secretHint: typeof english.secretHint = (a) => [
  'Alles, was gesendet wird, ist damit signiert, wie ',
  a,
  ' es beschreiben: Für die meisten Sprachen gibt es Bibliotheken, die die Signatur prüfen.',
]
export const sendAgain = 'Noch einmal senden'
export const sending = 'Wird gesendet …'
export const showEarlierOnes = 'Frühere anzeigen'
export const standardWebhooks = 'Standard Webhooks'
export const switchedOff = 'Ausgeschaltet.'
export const switchedOffAfterADay = 'Nach einem Tag des Scheiterns ausgeschaltet.'
export const switchedOffAsTheAddress = 'Ausgeschaltet, da die Adresse sagt, dass es sie nicht mehr gibt.'
export const switchedOffAsWhoAdded =
  'Ausgeschaltet, da die Person, die ihn hinzugefügt hat, diese Welt nicht mehr lesen darf.'
export const switchOff = 'Ausschalten'
export const switchOn = 'Einschalten'
export const theWebhooksSecret = 'Das Geheimnis des Webhooks'
export const theWorldItself = 'Die Welt selbst'
export const toBeDelivered: typeof english.toBeDelivered = (pending) => `${pending} noch zuzustellen.`
export const toHost: typeof english.toHost = (host) => ` an ${host}`
export const toldOfEvents: typeof english.toldOfEvents = (events) => ['Gemeldet wird ', events, '.']
export const toldOfEverything = 'Gemeldet wird alles.'
export const tryItOut = 'Ausprobieren'
export const upToDate = 'Auf dem neuesten Stand.'
export const webhooks = 'Webhooks'
export const webhooksOf: typeof english.webhooksOf = (displayName) => `Webhooks · ${displayName}`
export const whatIsChangedInThis =
  'Was in dieser Welt geändert wird, wird ihnen geschickt: signiert, der Reihe nach und einen Tag lang erneut, wenn sie nicht antworten.'
export const whatIsSentFromThis = 'Was aus dieser Welt an andere Dienste geht, entscheidet die Leitung.'
export const whatItIsFor = 'Wofür er ist'
export const whatItIsToldOf = 'Was gemeldet wird'
export const worldloomPostsWhatIsChanged = 'Worldloom schickt Änderungen dieser Welt an eine Adresse von dir.'
