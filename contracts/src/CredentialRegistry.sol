// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Accreditations} from "./Accreditations.sol";
import {Anchors} from "./Anchors.sol";
import {ICredentialRegistry} from "./ICredentialRegistry.sol";
import {Identities} from "./Identities.sol";
import {Institutions} from "./Institutions.sol";
import {Revocations} from "./Revocations.sol";
import {SigningKeys} from "./SigningKeys.sol";

/// @title CredentialRegistry
/// @notice The one contract of a deployment, for many institutions. It has no owner and cannot be changed.
/// @dev State proofs lean on the storage layout: the order of these bases and of their variables is frozen, and
/// `abi/storage-layout.json` holds it.
contract CredentialRegistry is
    Institutions,
    Anchors,
    Revocations,
    SigningKeys,
    Identities,
    Accreditations,
    ICredentialRegistry
{
    /// @inheritdoc ICredentialRegistry
    uint256 public constant MAX_PATH = 4;

    /// @inheritdoc ICredentialRegistry
    function lookup(Query calldata query) external view returns (Record memory record) {
        require(query.path.length <= MAX_PATH, PathTooLong(query.path.length));
        record.controller = controllerOf(query.institution);
        record.anchor = anchorOf(query.institution, query.root);
        record.revokedAt = revokedAt(query.institution, query.handle);
        record.key = keyOf(query.institution, query.key);
        record.currentIdentity = currentIdentity(query.institution);
        record.identity = identityPeriod(query.institution, query.identity);
        record.succession = successionOf(query.institution);
        record.path = new LinkRecord[](query.path.length);
        for (uint256 i = 0; i < query.path.length; i++) {
            record.path[i] = linkRecord(query.path[i]);
        }
    }

    function linkRecord(Link calldata link) private view returns (LinkRecord memory) {
        bytes32 accreditation = accreditationId(link.accreditor, link.institution, link.identity, link.serial);
        return LinkRecord(accreditationOf(accreditation), identityPeriod(link.institution, link.identity));
    }
}
