import assert from 'node:assert/strict';
import { Refusal, type RefusalCode } from 'app/core/refusal.js';

/** Refused, and for that reason. */
export async function refused(code: RefusalCode, work: () => unknown): Promise<void> {
  await assert.rejects(async () => { await work(); }, (fault: unknown) => {
    assert.ok(fault instanceof Refusal, String((fault as Error)?.stack ?? fault));
    assert.equal(fault.code, code, fault.message);
    return true;
  });
}
