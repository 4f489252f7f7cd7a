// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CredentialRegistry} from "../../src/CredentialRegistry.sol";
import {ICredentialRegistry} from "../../src/ICredentialRegistry.sol";
import {Cast} from "./Cast.sol";
import {History} from "./History.sol";
import {Entry, Kind} from "./Journal.sol";

/// @dev How many kinds of questions about a time there are.
uint256 constant KINDS = 5;

/// @dev A question about a time: its call data, and what the journal answers.
struct Question {
    uint256 kind;
    uint64 time;
    bytes call;
    bool answer;
}

/// @notice Draws questions about times. Half of them are about something that happened, and most are about the very second
/// at which something began or ended, or the one before or after, for that is where two readings of a rule part.
library Questions {
    using History for Entry[];

    function draw(CredentialRegistry registry, Entry[] memory journal, uint256 seed)
        internal
        pure
        returns (Question memory question)
    {
        question.kind = chance(seed, "kind") % KINDS;
        Entry memory about = subject(journal, question.kind, seed);
        uint64 time = near(chance(seed, "now") % 2 == 0 ? about : any(journal, seed), seed);
        (bytes32 id, bytes32 what) = (about.institution, about.what);
        question.time = time;
        if (question.kind == 0) {
            question.call = abi.encodeCall(registry.isAnchoredAt, (id, what, time));
            question.answer = journal.isAnchoredAt(id, what, time);
        } else if (question.kind == 1) {
            question.call = abi.encodeCall(registry.isRevokedAt, (id, bytes16(what), time));
            question.answer = journal.isRevokedAt(id, bytes16(what), time);
        } else if (question.kind == 2) {
            question.call = abi.encodeCall(registry.isKeyGoodAt, (id, what, time));
            question.answer = journal.isKeyGoodAt(id, what, time);
        } else if (question.kind == 3) {
            question.call = abi.encodeCall(registry.hadIdentityAt, (id, what, time));
            question.answer = journal.hadIdentityAt(id, what, time);
        } else {
            question.call = abi.encodeCall(registry.isAccreditedAt, (id, what, about.identity, about.serial, time));
            question.answer =
                journal.isAccreditedAt(ICredentialRegistry.Link(id, what, about.identity, about.serial), time);
        }
    }

    /// @dev Mostly the first of its kind from a random entry on; else whatever comes.
    function subject(Entry[] memory journal, uint256 kind, uint256 seed) private pure returns (Entry memory about) {
        Kind wanted = [Kind.Anchored, Kind.Revoked, Kind.KeyAdded, Kind.IdentityChanged, Kind.Accredited][kind];
        uint256 start = chance(seed, "start");
        for (uint256 i = 0; i < journal.length && start % 4 != 0; i++) {
            Entry memory entry = journal[(start / 4 + i) % journal.length];
            if (entry.kind == wanted) return entry;
        }
        uint256 what = chance(seed, "what");
        ICredentialRegistry.Link memory link = Cast.link(chance(seed, "where"), what);
        (about.institution, about.identity, about.serial) = (link.accreditor, link.identity, link.serial);
        about.what = [Cast.root(what), Cast.handle(what), Cast.key(what), link.identity, link.institution][kind];
        about.time = any(journal, seed).time;
    }

    function any(Entry[] memory journal, uint256 seed) private pure returns (Entry memory) {
        return journal[chance(seed, "any") % journal.length];
    }

    /// @dev The second at which it was written, or begins, or ends, or one beside it, or some within a quarter of an hour.
    function near(Entry memory entry, uint256 seed) private pure returns (uint64) {
        uint64 edge = [entry.time, entry.from, entry.until][chance(seed, "edge") % 3];
        if (edge < entry.time) edge = entry.time;
        if (chance(seed, "far") % 2 == 0) return uint64(edge - 1 + chance(seed, "beside") % 3);
        return uint64(edge - 900 + chance(seed, "distance") % 1_801);
    }

    function chance(uint256 seed, string memory purpose) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, purpose)));
    }
}
