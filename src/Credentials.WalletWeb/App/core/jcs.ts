import type { Json } from './json.js';

/** The canonical form of a JSON value; JavaScript's own writing of numbers and texts is what the RFC asks for, so only names are put in order (by UTF-16 units). https://www.rfc-editor.org/rfc/rfc8785 */
export function jcs(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(jcs).join()}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${jcs(value[name]!)}`).join()}}`;
  }
  return JSON.stringify(value);
}
