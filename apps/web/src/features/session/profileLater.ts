const storageKey = 'worldloom.profile-later'

/** Whether somebody would rather not say their name now; asked again the next time they come. */
export function isProfileLater(): boolean {
  try {
    return sessionStorage.getItem(storageKey) === 'true'
  } catch {
    // Storage is closed to us: then the page is not put in the way at all.
    return true
  }
}

export function leaveProfileForLater(): void {
  try {
    sessionStorage.setItem(storageKey, 'true')
  } catch {
    // See above.
  }
}
