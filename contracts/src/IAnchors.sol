// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Anchors: when the chain first saw a root
/// @notice A root is the RFC 9162 Merkle root over the digests of a batch of signed credentials, however large the batch.
/// It is kept per institution and written by its operators only, so that nobody can anchor another's root first.
interface IAnchors {
    /// @dev One slot, half of it free.
    struct Anchor {
        uint64 time;
        uint64 blockNumber;
    }

    /// @notice The institution anchored `root` in this block.
    event Anchored(bytes32 indexed institution, bytes32 indexed root);

    /// @notice The root has its time already, and keeps it.
    error AlreadyAnchored(bytes32 institution, bytes32 root);

    /// @notice Zero is not the root of any tree.
    error ZeroRoot();

    /// @notice Anchors `root` at the time and number of this block, once and for all. Operators only.
    /// @dev A retry whose first try succeeded after all reverts `AlreadyAnchored`: judge by `anchorOf`, not by the status.
    function anchor(bytes32 institution, bytes32 root) external;

    /// @notice When the institution anchored `root`.
    /// @return time Seconds since 1970 of the block; 0 if it never did.
    /// @return blockNumber The number of the block; 0 if it never did.
    function anchorOf(bytes32 institution, bytes32 root) external view returns (uint64 time, uint64 blockNumber);
}
