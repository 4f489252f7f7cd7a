// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Anchors: when the chain first saw a root
/// @notice A root is the RFC 9162 Merkle root over the digests of a batch of signed credentials, however large the batch.
/// It is kept per institution and written by its operators only, so that nobody can anchor another's root first.
interface IAnchors {
    /// @dev One slot. `distrustedAt` is zero while the institution stands by the root.
    struct Anchor {
        uint64 time;
        uint64 blockNumber;
        uint64 distrustedAt;
    }

    /// @notice The institution anchored `root` in this block.
    event Anchored(bytes32 indexed institution, bytes32 indexed root);

    /// @notice The institution no longer stands by `root`: somebody else anchored it with a stolen account.
    event RootDistrusted(bytes32 indexed institution, bytes32 indexed root);

    /// @notice The institution never anchored the root.
    error NotAnchored(bytes32 institution, bytes32 root);

    /// @notice The root was distrusted before.
    error AlreadyDistrusted(bytes32 institution, bytes32 root);

    /// @notice The root has its time already, and keeps it.
    error AlreadyAnchored(bytes32 institution, bytes32 root);

    /// @notice Zero is not the root of any tree.
    error ZeroRoot();

    /// @notice Anchors `root` at the time and number of this block, once and for all. Operators only.
    /// @dev A retry whose first try succeeded after all reverts `AlreadyAnchored`: judge by `anchorOf`, not by the status.
    function anchor(bytes32 institution, bytes32 root) external;

    /// @notice Declares that the institution does not stand by `root`, for good. Controller only: with an operator's stolen
    /// account nobody can burn the diplomas of a year.
    function distrustRoot(bytes32 institution, bytes32 root) external;

    /// @notice When the institution anchored `root`, and when it ceased to stand by it; zeros for never.
    function anchorOf(bytes32 institution, bytes32 root) external view returns (Anchor memory record);

    /// @notice Whether the institution had anchored `root` at `time`, and had not distrusted it by then.
    function isAnchoredAt(bytes32 institution, bytes32 root, uint64 time) external view returns (bool);
}
