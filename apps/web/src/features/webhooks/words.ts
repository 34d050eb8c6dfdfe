import type { JSX } from 'solid-js'
import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const address = 'Address'
export const addresses = 'Addresses'
export const addWebhook = 'Add webhook'
export const aNewWebhook = 'A new webhook'
export const attempt = (time: JSX.Element, milliseconds: number): JSX.Element => [time, ' · ', milliseconds, ' ms']
export const chooseWhatItIsTold = 'Choose what it is told of.'
export const deleteTheWebhook = (host: string) => `Delete the webhook to ${host}?`
export const deleteWhich = (span: JSX.Element): JSX.Element => ['Delete', span]
export const deliveriesOf = (span: JSX.Element): JSX.Element => ['Deliveries', span]
export const editWebhook = 'Edit webhook'
export const editWhich = (span: JSX.Element): JSX.Element => ['Edit', span]
export const failing = 'failing'
export const failingSo = (tries: number, again: string) =>
  `Failing: tried ${plural(tries, { one: 'once', other: `${formatNumber(tries)} times` })}, again ${again}.`
export const forHost = (host: string) => ` for ${host}`
export const messageAndResponse = 'Message and response'
export const newSecretFor = (span: JSX.Element): JSX.Element => ['New secret', span]
export const newWebhook = 'New webhook'
export const noAddressIsToldAnything = 'No address is told anything.'
export const noResponseBody = 'No response body.'
export const nothingMoreIsSentThere = 'Nothing more is sent there, and the list of deliveries goes with it.'
export const nothingWasSentYet = 'Nothing was sent yet.'
export const notSent = 'not sent'
export const off = 'off'
export const on = 'on'
export const onlyChangesOf = 'Only changes of'
export const onlyTheOwnerSeesThe = 'Only the owner sees the webhooks'
export const secret = 'Secret'
export const secretHint = (a: JSX.Element): JSX.Element => [
  'Everything that is sent is signed with it, as ',
  a,
  ' describe: there are libraries that check the signature for most languages.',
]
export const sendAgain = 'Send again'
export const sending = 'Sending…'
export const showEarlierOnes = 'Show earlier ones'
export const standardWebhooks = 'Standard Webhooks'
export const switchedOff = 'Switched off.'
export const switchedOffAfterADay = 'Switched off after a day of failures.'
export const switchedOffAsTheAddress = 'Switched off, as the address said that it is gone.'
export const switchedOffAsWhoAdded = 'Switched off, as who added it may not read this world any more.'
export const switchOff = 'Switch off'
export const switchOn = 'Switch on'
export const theWebhooksSecret = 'The webhook’s secret'
export const theWorldItself = 'The world itself'
export const toBeDelivered = (pending: number) => `${pending} to be delivered.`
export const toHost = (host: string) => ` to ${host}`
export const toldOfEvents = (events: JSX.Element): JSX.Element => ['Told of ', events, '.']
export const toldOfEverything = 'Told of everything.'
export const tryItOut = 'Try it out'
export const upToDate = 'Up to date.'
export const webhooks = 'Webhooks'
export const webhooksOf = (displayName: string) => `Webhooks · ${displayName}`
export const whatIsChangedInThis =
  'What is changed in this world is posted to them: signed, in order, and again for a day if they do not respond.'
export const whatIsSentFromThis = 'What is sent from this world to other services is its owner’s decision.'
export const whatItIsFor = 'What it is for'
export const whatItIsToldOf = 'What it is told of'
export const worldloomPostsWhatIsChanged = 'Worldloom posts what is changed in this world to an address of yours.'
