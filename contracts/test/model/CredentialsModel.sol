// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "../../src/IAnchors.sol";
import {IRevocations} from "../../src/IRevocations.sol";
import {ISigningKeys} from "../../src/ISigningKeys.sol";
import {History} from "./History.sol";
import {InstitutionsModel} from "./InstitutionsModel.sol";
import {Entry, Kind} from "./Journal.sol";

/// @notice What institutions write about their credentials: roots, handles and the keys that sign.
abstract contract CredentialsModel is InstitutionsModel {
    using History for Entry[];

    function anchor(address sender, bytes32 id, bytes32 root) external returns (bytes memory) {
        Entry[] memory journal = entries();
        if (!journal.isOperator(id, sender)) return notOperator(sender, id);
        if (root == 0) return abi.encodeWithSelector(IAnchors.ZeroRoot.selector);
        if (has(journal, Kind.Anchored, id, root)) {
            return abi.encodeWithSelector(IAnchors.AlreadyAnchored.selector, id, root);
        }
        write(Kind.Anchored, id, root);
        return "";
    }

    function distrustRoot(address sender, bytes32 id, bytes32 root) external returns (bytes memory) {
        Entry[] memory journal = entries();
        if (!controls(journal, sender, id)) return notController(sender, id);
        if (!has(journal, Kind.Anchored, id, root)) {
            return abi.encodeWithSelector(IAnchors.NotAnchored.selector, id, root);
        }
        if (has(journal, Kind.RootDistrusted, id, root)) {
            return abi.encodeWithSelector(IAnchors.AlreadyDistrusted.selector, id, root);
        }
        write(Kind.RootDistrusted, id, root);
        return "";
    }

    function revoke(address sender, bytes32 id, bytes16 handle) external returns (bytes memory) {
        Entry[] memory journal = entries();
        if (!journal.isOperator(id, sender)) return notOperator(sender, id);
        if (handle == 0) return abi.encodeWithSelector(IRevocations.ZeroHandle.selector);
        if (has(journal, Kind.Revoked, id, handle)) {
            return abi.encodeWithSelector(IRevocations.AlreadyRevoked.selector, id, handle);
        }
        write(Kind.Revoked, id, handle);
        return "";
    }

    function addKey(address sender, bytes32 id, string calldata method, bytes calldata multikey, uint64 validFrom)
        external
        returns (bytes memory)
    {
        Entry[] memory journal = entries();
        bytes32 key = keccak256(bytes(method));
        if (!controls(journal, sender, id)) return notController(sender, id);
        if (multikey.length < 1 || multikey.length > 128) {
            return abi.encodeWithSelector(ISigningKeys.BadKeyLength.selector, multikey.length);
        }
        if (has(journal, Kind.KeyAdded, id, key)) {
            return abi.encodeWithSelector(ISigningKeys.KeyExists.selector, id, key);
        }
        Entry memory added = entry(Kind.KeyAdded, id, key);
        (added.multikey, added.from) = (multikey, validFrom);
        write(added);
        return "";
    }

    function revokeKey(address sender, bytes32 id, bytes32 key, ISigningKeys.Reason reason)
        external
        returns (bytes memory)
    {
        Entry[] memory journal = entries();
        if (!controls(journal, sender, id)) return notController(sender, id);
        if (reason == ISigningKeys.Reason.None) return abi.encodeWithSelector(ISigningKeys.NoReason.selector);
        if (!has(journal, Kind.KeyAdded, id, key)) {
            return abi.encodeWithSelector(ISigningKeys.UnknownKey.selector, id, key);
        }
        if (has(journal, Kind.KeyRevoked, id, key)) {
            return abi.encodeWithSelector(ISigningKeys.KeyAlreadyRevoked.selector, id, key);
        }
        Entry memory revoked = entry(Kind.KeyRevoked, id, key);
        revoked.number = uint64(reason);
        write(revoked);
        return "";
    }

    function has(Entry[] memory journal, Kind kind, bytes32 id, bytes32 what) internal pure returns (bool) {
        return journal.first(kind, id, what).time != 0;
    }
}
