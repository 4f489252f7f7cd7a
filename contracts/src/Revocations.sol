// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRevocations} from "./IRevocations.sol";
import {Institutions} from "./Institutions.sol";
import {covers} from "./Times.sol";

/// @title Revocations
/// @notice Final by construction: no function clears or moves a time that was written.
abstract contract Revocations is Institutions, IRevocations {
    mapping(bytes32 institution => mapping(bytes16 handle => uint64 time)) private _revocations;

    /// @inheritdoc IRevocations
    function revoke(bytes32 institution, bytes16 handle) external onlyOperator(institution) {
        require(handle != bytes16(0), ZeroHandle());
        require(revokedAt(institution, handle) == 0, AlreadyRevoked(institution, handle));

        _revocations[institution][handle] = uint64(block.timestamp);
        emit Revoked(institution, handle);
    }

    /// @inheritdoc IRevocations
    function revokedAt(bytes32 institution, bytes16 handle) public view returns (uint64 time) {
        return _revocations[institution][handle];
    }

    /// @inheritdoc IRevocations
    function isRevokedAt(bytes32 institution, bytes16 handle, uint64 time) external view returns (bool) {
        return covers(_revocations[institution][handle], 0, time);
    }
}
