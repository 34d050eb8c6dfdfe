const storageKey = 'worldloom.profile-later'

/** Whether the user has postponed entering a name. They are asked again at the next visit. */
export function isProfileLater(): boolean {
  try {
    return sessionStorage.getItem(storageKey) === 'true'
  } catch {
    // If storage is unavailable, the page is not shown at all.
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
