// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Anchors} from "./Anchors.sol";
import {ICredentialRegistry} from "./ICredentialRegistry.sol";
import {Institutions} from "./Institutions.sol";
import {Revocations} from "./Revocations.sol";

/// @title CredentialRegistry
/// @notice The one contract of a deployment, for many institutions. It has no owner and cannot be changed.
/// @dev State proofs lean on the storage layout: the order of these bases and of their variables is frozen, and
/// `abi/storage-layout.json` holds it.
contract CredentialRegistry is Institutions, Anchors, Revocations, ICredentialRegistry {
    /// @inheritdoc ICredentialRegistry
    function lookup(bytes32 institution, bytes32 root, bytes16 handle) external view returns (Record memory record) {
        record.controller = controllerOf(institution);
        (record.anchoredAt, record.anchoredBlock) = anchorOf(institution, root);
        record.revokedAt = revokedAt(institution, handle);
    }
}
