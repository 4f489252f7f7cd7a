// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Everything that the registry ever accepts, one kind of entry for each kind of event.
enum Kind {
    Created,
    ControllerProposed,
    ControllerChanged,
    OperatorAdded,
    OperatorRemoved,
    Anchored,
    RootDistrusted,
    Revoked,
    KeyAdded,
    KeyRevoked,
    IdentityChanged,
    SuccessorProposed,
    Succeeded,
    Accredited,
    AccreditationRevoked
}

/// @dev What was accepted, in whose name, about what, and when. `what` is an account, root, handle, key, identity or
/// institution; `from` and `until` are what the sender said, however long past; `number` is a scope or a reason.
struct Entry {
    Kind kind;
    uint64 serial;
    uint64 number;
    bytes32 institution;
    bytes32 what;
    bytes32 identity;
    uint64 time;
    uint64 blockNumber;
    uint64 from;
    uint64 until;
    bytes multikey;
}

/// @notice A list that is only ever appended to. All that the model knows, it reads from here, from the beginning.
abstract contract Journal {
    Entry[] private _entries;

    function entries() public view returns (Entry[] memory) {
        return _entries;
    }

    function write(Kind kind, bytes32 institution, bytes32 what) internal {
        write(entry(kind, institution, what));
    }

    function write(Entry memory accepted) internal {
        accepted.time = uint64(block.timestamp);
        accepted.blockNumber = uint64(block.number);
        _entries.push(accepted);
    }

    function entry(Kind kind, bytes32 institution, bytes32 what) internal pure returns (Entry memory blank) {
        (blank.kind, blank.institution, blank.what) = (kind, institution, what);
    }
}
