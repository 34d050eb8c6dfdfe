/**
 * The header that names a file, in any script.
 *
 * @param plain a name in ASCII, for what knows no other
 * @see https://www.rfc-editor.org/rfc/rfc6266
 */
export function contentDisposition(type: 'attachment' | 'inline', plain: string, name: string): string {
  return `${type}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escapeByte)}`
}

function escapeByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
