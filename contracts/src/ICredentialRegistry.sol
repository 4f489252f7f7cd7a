// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccreditations} from "./IAccreditations.sol";
import {IAnchors} from "./IAnchors.sol";
import {IIdentities} from "./IIdentities.sol";
import {IInstitutions} from "./IInstitutions.sol";
import {IRevocations} from "./IRevocations.sol";
import {ISigningKeys} from "./ISigningKeys.sol";

/// @title The registry as a verifier sees it
interface ICredentialRegistry is IInstitutions, IAnchors, IRevocations, ISigningKeys, IIdentities, IAccreditations {
    /// @notice One step of a path of accreditations: `accreditor` vouches for `institution` under `identity`.
    struct Link {
        bytes32 accreditor;
        bytes32 institution;
        bytes32 identity;
        uint64 serial;
    }

    /// @notice What a verification asks. Zero, or an empty path, for what it does not ask.
    /// @dev `path` is in any order and of any number of links up to `MAX_PATH`.
    struct Query {
        bytes32 institution;
        bytes32 root;
        bytes16 handle;
        bytes32 key;
        bytes32 identity;
        Link[] path;
    }

    /// @notice What is known of one link: the accreditation, and when its institution had the identity.
    struct LinkRecord {
        Accreditation accreditation;
        Period identity;
    }

    /// @notice Everything that the chain knows about one credential.
    /// @dev Times are zero for what never happened. `path` answers the query's links in their order.
    struct Record {
        address controller;
        Anchor anchor;
        uint64 revokedAt;
        SigningKey key;
        bytes32 currentIdentity;
        Period identity;
        Succession succession;
        LinkRecord[] path;
    }

    /// @notice A path is longer than `MAX_PATH`.
    error PathTooLong(uint256 length);

    /// @notice The most links that one question may name.
    function MAX_PATH() external view returns (uint256);

    /// @notice Answers a verification in one call, and so as of one block. Reverts for too long a path alone.
    function lookup(Query calldata query) external view returns (Record memory record);
}
