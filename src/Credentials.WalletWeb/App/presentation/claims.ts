import { isObject, type Json } from '../core/json.js';
import type { Path } from './query.js';

export interface Selected {
  readonly path: readonly (string | number)[];
  readonly value: Json;
}

/** What a claims path pointer selects; null where processing ends in an error. https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#section-7.1.1 */
export function select(root: Json, pointer: Path): Selected[] | null {
  // 1. Select the root element of the Credential
  let selected: Selected[] = [{ path: [], value: root }];
  // 2. Process the query of the claims path pointer array from left to right
  for (const part of pointer) {
    const next: Selected[] = [];
    for (const { path, value } of selected) {
      if (typeof part === 'string') {
        // 2.1. If any of the currently selected element(s) is not an object, abort
        if (!isObject(value)) {
          return null;
        }
        if (Object.hasOwn(value, part)) {
          next.push({ path: [...path, part], value: value[part]! });
        }
      } else {
        // 2.2, 2.3. If any of the currently selected element(s) is not an array, abort
        if (!Array.isArray(value)) {
          return null;
        }
        const at = part === null ? value.keys() : part < value.length ? [part] : [];
        for (const index of at) {
          next.push({ path: [...path, index], value: value[index]! });
        }
      }
    }
    selected = next;
  }
  // 3. If the set of elements currently selected is empty, abort
  return selected.length > 0 ? selected : null;
}
