import { formatError } from '@eigengan/core';

/** The upper half of code page 437, in which zip archives name files that they do not name in UTF-8. */
const upperHalf =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const wholeUtf8 = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/**
 * The name of a file in an archive: UTF-8 where the archive says so, or where it is such, as macOS and Linux
 * write it without saying so; else code page 437 (APPNOTE.TXT, appendix D).
 */
export function decodedName(bytes: Uint8Array, saysUtf8: boolean): string {
  if (saysUtf8) return utf8.decode(bytes);
  try {
    return wholeUtf8.decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : upperHalf[byte - 128])).join(
      '',
    );
  }
}

/**
 * Refuses a name that leads out of the folder which the archive would be unpacked in.
 *
 * @throws FormatError naming it
 */
export function assertInside(where: string, name: string): void {
  const climbs = name.startsWith('/') || /^[a-z]:/i.test(name) || name.includes('\\') || name.includes('\0');
  if (!climbs && !/(^|\/)\.\.(\/|$)/.test(name)) return;
  throw formatError(
    where,
    'each name must lead into the archive: no .., drive, backslash or leading /',
    name,
  );
}
