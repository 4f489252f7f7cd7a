// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Accreditations: who vouched for whom, when, for what
/// @notice An accreditor is an institution like any other; whom to trust is the verifier's own choice. An accreditation is
/// over an institution and its identity together. Nothing is retroactive: it counts from the later of `from` and its block,
/// and its revocation from its block on.
interface IAccreditations {
    /// @dev One slot. Half-open; `until` and `revokedAt` are zero for never. `scope` is a set of bits, never empty:
    /// bits 1 to 8 are awards of that level of the European Qualifications Framework, bit 0 is awards without a level,
    /// bit 63 is the right to accredit others. What a path vouches for is what all its scopes have in common (bit 63 apart).
    struct Accreditation {
        uint64 from;
        uint64 until;
        uint64 revokedAt;
        uint64 scope;
    }

    /// @notice `accreditor` vouches for `institution` under `identity`.
    event Accredited(
        bytes32 indexed accreditor,
        bytes32 indexed institution,
        bytes32 indexed identity,
        uint64 serial,
        uint64 from,
        uint64 until,
        uint64 scope
    );

    /// @notice The accreditor withdrew the accreditation.
    event AccreditationRevoked(bytes32 indexed accreditor, bytes32 indexed accreditation);

    /// @notice The serial was used for this institution and identity before.
    error AccreditationExists(bytes32 accreditation);

    /// @notice There is no such accreditation of this accreditor.
    error UnknownAccreditation(bytes32 accreditation);

    /// @notice It was revoked before, and keeps the time of that.
    error AccreditationAlreadyRevoked(bytes32 accreditation);

    /// @notice There is no such institution, or it is the accreditor itself, or the identity is zero.
    error BadSubject(bytes32 institution, bytes32 identity);

    /// @notice It would end before it begins.
    error EmptyPeriod(uint64 from, uint64 until);

    /// @notice It would vouch for nothing.
    error NoScope();

    /// @notice Accredits. The accreditor's controller only.
    /// @param serial Any number not used yet for this accreditor, institution and identity: a renewal takes the next.
    /// @param from Seconds since 1970; a time that has passed counts as now.
    /// @param until Seconds since 1970; zero for no end.
    function accredit(
        bytes32 accreditor,
        bytes32 institution,
        bytes32 identity,
        uint64 serial,
        uint64 from,
        uint64 until,
        uint64 scope
    ) external;

    /// @notice Revokes as of this block, for good. The accreditor's controller only.
    function revokeAccreditation(bytes32 accreditor, bytes32 institution, bytes32 identity, uint64 serial) external;

    /// @notice How an accreditation is named.
    /// @return accreditation `keccak256(abi.encode(accreditor, institution, identity, serial))`.
    function accreditationId(bytes32 accreditor, bytes32 institution, bytes32 identity, uint64 serial)
        external
        pure
        returns (bytes32 accreditation);

    /// @notice An accreditation; all zero if there is none.
    function accreditationOf(bytes32 accreditation) external view returns (Accreditation memory record);

    /// @notice Whether the accreditor vouched at `time` for the institution, which had that identity then.
    function isAccreditedAt(bytes32 accreditor, bytes32 institution, bytes32 identity, uint64 serial, uint64 time)
        external
        view
        returns (bool);
}
