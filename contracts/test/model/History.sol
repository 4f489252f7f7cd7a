// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICredentialRegistry} from "../../src/ICredentialRegistry.sol";
import {Entry, Kind} from "./Journal.sol";

/// @notice How a historian answers: by reading the journal up to the time in question, and no further. No period is kept and
/// none is computed, which is what makes this another opinion than the contract's.
library History {
    uint64 internal constant NOW = type(uint64).max;

    /// @dev The creator, until the last acceptance says otherwise.
    function controllerOf(Entry[] memory journal, bytes32 id) internal pure returns (address controller) {
        for (uint256 i = 0; i < journal.length; i++) {
            if (journal[i].institution != id) continue;
            Kind kind = journal[i].kind;
            if (kind == Kind.Created || kind == Kind.ControllerChanged) controller = account(journal[i]);
        }
    }

    /// @dev The last one proposed, unless an acceptance came after.
    function pendingControllerOf(Entry[] memory journal, bytes32 id) internal pure returns (address candidate) {
        for (uint256 i = 0; i < journal.length; i++) {
            if (journal[i].institution != id) continue;
            if (journal[i].kind == Kind.ControllerProposed) candidate = account(journal[i]);
            if (journal[i].kind == Kind.ControllerChanged) candidate = address(0);
        }
    }

    /// @dev Whether the last word on this account was that it is one.
    function isOperator(Entry[] memory journal, bytes32 id, address who) internal pure returns (bool result) {
        for (uint256 i = 0; i < journal.length; i++) {
            if (journal[i].institution != id || account(journal[i]) != who) continue;
            if (journal[i].kind == Kind.OperatorAdded) result = true;
            if (journal[i].kind == Kind.OperatorRemoved) result = false;
        }
    }

    /// @dev The first word of this kind on `what`, which is the one that counts; empty if there is none.
    function first(Entry[] memory journal, Kind kind, bytes32 id, bytes32 what)
        internal
        pure
        returns (Entry memory found)
    {
        for (uint256 i = 0; i < journal.length; i++) {
            Entry memory entry = journal[i];
            if (entry.kind == kind && entry.institution == id && entry.what == what) return entry;
        }
    }

    /// @dev The same for an accreditation, which is about an identity and a serial besides.
    function first(Entry[] memory journal, Kind kind, ICredentialRegistry.Link memory link)
        internal
        pure
        returns (Entry memory found)
    {
        for (uint256 i = 0; i < journal.length; i++) {
            Entry memory entry = journal[i];
            if (entry.kind != kind || entry.institution != link.accreditor || entry.what != link.institution) continue;
            if (entry.identity == link.identity && entry.serial == link.serial) return entry;
        }
    }

    /// @dev What the last word of this kind by `time` said; zero if there was none.
    function last(Entry[] memory journal, Kind kind, bytes32 id, uint64 time) internal pure returns (bytes32 what) {
        for (uint256 i = 0; i < journal.length && journal[i].time <= time; i++) {
            if (journal[i].kind == kind && journal[i].institution == id) what = journal[i].what;
        }
    }

    /// @dev The last one proposed, unless one accepted.
    function proposedSuccessorOf(Entry[] memory journal, bytes32 id) internal pure returns (bytes32) {
        if (last(journal, Kind.Succeeded, id, NOW) != 0) return 0;
        return last(journal, Kind.SuccessorProposed, id, NOW);
    }

    function isAnchoredAt(Entry[] memory journal, bytes32 id, bytes32 root, uint64 time) internal pure returns (bool) {
        return
            by(first(journal, Kind.Anchored, id, root), time)
                && !by(first(journal, Kind.RootDistrusted, id, root), time);
    }

    function isRevokedAt(Entry[] memory journal, bytes32 id, bytes16 handle, uint64 time) internal pure returns (bool) {
        return by(first(journal, Kind.Revoked, id, handle), time);
    }

    function isKeyGoodAt(Entry[] memory journal, bytes32 id, bytes32 key, uint64 time) internal pure returns (bool) {
        Entry memory added = first(journal, Kind.KeyAdded, id, key);
        return by(added, time) && added.from <= time && !by(first(journal, Kind.KeyRevoked, id, key), time);
    }

    function hadIdentityAt(Entry[] memory journal, bytes32 id, bytes32 identity, uint64 time)
        internal
        pure
        returns (bool)
    {
        return identity != 0 && last(journal, Kind.IdentityChanged, id, time) == identity;
    }

    function isAccreditedAt(Entry[] memory journal, ICredentialRegistry.Link memory link, uint64 time)
        internal
        pure
        returns (bool)
    {
        Entry memory given = first(journal, Kind.Accredited, link);
        return by(given, time) && given.from <= time && (given.until == 0 || time < given.until)
            && !by(first(journal, Kind.AccreditationRevoked, link), time)
            && hadIdentityAt(journal, link.institution, link.identity, time);
    }

    /// @dev Whether it had been written by `time`, that second included.
    function by(Entry memory entry, uint64 time) private pure returns (bool) {
        return entry.time != 0 && entry.time <= time;
    }

    function account(Entry memory entry) private pure returns (address) {
        return address(uint160(uint256(entry.what)));
    }
}
