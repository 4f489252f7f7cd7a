// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Signing keys: which key signed for an institution, and when
/// @notice The keys of an institution outlive its web site here: their bytes, from when they count, and since when no more.
/// A key is named by the verification method that proofs name; a name is used once and its key never changes.
interface ISigningKeys {
    /// @notice Why a key was given up.
    enum Reason {
        None,
        Retired,
        Compromised
    }

    /// @dev One slot, and the bytes behind it. The times are half-open: good from `validFrom`, no more at `revokedAt`.
    struct SigningKey {
        uint64 validFrom;
        uint64 revokedAt;
        Reason reason;
        bytes multikey;
    }

    /// @notice The institution signs with `multikey` from `validFrom` on, under the name `verificationMethod`.
    event KeyAdded(
        bytes32 indexed institution, bytes32 indexed key, string verificationMethod, bytes multikey, uint64 validFrom
    );

    /// @notice The institution no longer signs with the key.
    event KeyRevoked(bytes32 indexed institution, bytes32 indexed key, Reason reason);

    /// @notice The name stands for a key already.
    error KeyExists(bytes32 institution, bytes32 key);

    /// @notice The institution has no such key.
    error UnknownKey(bytes32 institution, bytes32 key);

    /// @notice The key was revoked before, and keeps the time and the reason of that.
    error KeyAlreadyRevoked(bytes32 institution, bytes32 key);

    /// @notice A key has 1 to 128 bytes.
    error BadKeyLength(uint256 length);

    /// @notice A revocation needs its reason.
    error NoReason();

    /// @notice Adds a key. Controller only.
    /// @param verificationMethod The DID URL by which proofs name the key.
    /// @param multikey The Multikey bytes: multicodec prefix and public key, not the multibase text.
    /// @param validFrom Seconds since 1970; a time that has passed counts as now, for nothing is retroactive.
    function addKey(bytes32 institution, string calldata verificationMethod, bytes calldata multikey, uint64 validFrom)
        external;

    /// @notice Revokes a key as of this block, for good. Controller only.
    function revokeKey(bytes32 institution, bytes32 key, Reason reason) external;

    /// @notice How a verification method is named here.
    /// @return key `keccak256(bytes(verificationMethod))`.
    function keyId(string calldata verificationMethod) external pure returns (bytes32 key);

    /// @notice A key; all zero if there is none.
    function keyOf(bytes32 institution, bytes32 key) external view returns (SigningKey memory signingKey);

    /// @notice Whether the institution signed with the key at `time`.
    function isKeyGoodAt(bytes32 institution, bytes32 key, uint64 time) external view returns (bool);
}
