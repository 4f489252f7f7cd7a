// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Revocations: which credentials were withdrawn, and when
/// @notice A handle is the random 128-bit number that a credential carries in its signed status entry. It says nothing
/// about the credential, and unlike a hash of the document it survives every change that keeps the signature valid.
interface IRevocations {
    /// @notice The institution revoked the credential that carries `handle` in this block.
    event Revoked(bytes32 indexed institution, bytes16 indexed handle);

    /// @notice The handle was revoked before, and keeps the time of that.
    error AlreadyRevoked(bytes32 institution, bytes16 handle);

    /// @notice Zero is no handle: readers pass it when they have none to ask about.
    error ZeroHandle();

    /// @notice Revokes the credential that carries `handle`, for good. Operators only.
    /// @dev A retry whose first try succeeded after all reverts `AlreadyRevoked`: judge by `revokedAt`, not by the status.
    function revoke(bytes32 institution, bytes16 handle) external;

    /// @notice When the institution revoked `handle`.
    /// @return time Seconds since 1970 of the block; 0 if it never did.
    function revokedAt(bytes32 institution, bytes16 handle) external view returns (uint64 time);

    /// @notice Whether the institution had revoked `handle` at `time`.
    function isRevokedAt(bytes32 institution, bytes16 handle, uint64 time) external view returns (bool);
}
