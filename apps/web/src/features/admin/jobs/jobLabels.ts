import * as words from './words.ts'

const labels: Readonly<Record<string, { readonly label: string; readonly about: string }>> = {
  mail: { label: words.mail, about: words.mailIsHandedToThe },
  sweep: { label: words.whatIsExpired, about: words.sessionsLinksAndTheLike },
  history: { label: words.theChangeLog, about: words.monthsToComeAreMade },
  'image-sizes': { label: words.sizesOfImages, about: words.smallerSizesOfImagesAre },
  'image-files': { label: words.filesOfImages, about: words.filesThatBelongToNo },
  trash: { label: words.theTrash, about: words.whatHasBeenInThe },
  'expiring-keys': { label: words.expiringKeys, about: words.theOwnersOfKeysAre },
  'search-words': { label: words.wordsOfTheSearch, about: words.wordsThatNoWorldHas },
}

/** What a job is called, and what it does. */
export function jobLabel(name: string): { readonly label: string; readonly about?: string } {
  return labels[name] ?? { label: name }
}
