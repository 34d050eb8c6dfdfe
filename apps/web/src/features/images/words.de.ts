import type * as english from './words.ts'

export const acceptedFiles: typeof english.acceptedFiles = (maxImageBytes) =>
  `PNG, JPEG, WebP, AVIF oder GIF, je bis zu ${maxImageBytes}`
export const addItsFile = 'Datei hinzufügen'
export const beingMadeReady = 'wird vorbereitet'
export const cover = 'Titelbild'
export const coverHint: typeof english.coverHint = (displayName) =>
  `Zu sehen neben „${displayName}“ und auf der Karte dazu.`
export const download = 'Herunterladen'
export const dropImagesHereOrChoose = 'Lege Bilder hier ab, oder wähle sie aus'
export const dropItHereOrChoose = 'Lege es hier ab, oder wähle es aus'
export const file = 'Datei'
export const isDone = 'fertig'
export const isRefused = 'abgelehnt'
export const isUploading = 'wird hochgeladen'
export const isWaiting = 'wartet'
export const locationTimeAndCameraData = 'Angaben zu Ort, Zeit und Kamera werden entfernt.'
export const moreImages = 'Weitere Bilder'
export const noImageIsCalledThat = 'So heißt kein Bild.'
export const pixels: typeof english.pixels = (width, height) => `${width} × ${height} Pixel`
export const removeCover = 'Titelbild entfernen'
export const replaceTheFile = 'Datei ersetzen'
export const searchImages = 'Bilder durchsuchen'
export const theCoverIsRemoved = 'Das Titelbild ist entfernt.'
export const theCoverIsSet = 'Das Titelbild ist gesetzt.'
export const theFileIsThere = 'Die Datei ist da.'
export const thisWorldHasNoImages = 'Diese Welt hat noch keine Bilder.'
export const uploadANewOne = 'Ein neues hochladen'
export const uploadImages = 'Bilder hochladen'
