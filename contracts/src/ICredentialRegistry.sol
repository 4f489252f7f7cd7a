// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "./IAnchors.sol";
import {IInstitutions} from "./IInstitutions.sol";
import {IRevocations} from "./IRevocations.sol";

/// @title The registry as a verifier sees it
interface ICredentialRegistry is IInstitutions, IAnchors, IRevocations {
    /// @notice Everything that the chain knows about one credential, in four words.
    /// @dev The times are zero for what never happened.
    struct Record {
        address controller;
        uint64 anchoredAt;
        uint64 anchoredBlock;
        uint64 revokedAt;
    }

    /// @notice Answers a verification in one call, and so as of one block. Never reverts.
    /// @param institution The id that the signed credential names; its controller is zero if there is no such institution.
    /// @param root The root that the credential's receipt leads to; zero for none.
    /// @param handle The handle in the credential's status entry; zero for none.
    function lookup(bytes32 institution, bytes32 root, bytes16 handle) external view returns (Record memory record);
}
