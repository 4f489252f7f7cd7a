// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Identities: who an institution says that it is, and who it became
/// @notice The hash of the identity document (legal name, country, DID; SHA-256 of its JCS form). Saying it proves nothing:
/// accreditations are about an institution and its identity together, and a new identity leaves the old ones behind.
interface IIdentities {
    /// @dev One slot. Half-open; `until` is zero while it lasts.
    struct Period {
        uint64 from;
        uint64 until;
    }

    /// @dev `since` is zero while there is none.
    struct Succession {
        bytes32 successor;
        uint64 since;
    }

    /// @notice From now on the institution is who `identity` says.
    event IdentityChanged(bytes32 indexed institution, bytes32 indexed identity);

    /// @notice The controller offered the place of the successor to `successor`, or withdrew the offer (zero).
    event SuccessorProposed(bytes32 indexed institution, bytes32 indexed successor);

    /// @notice The successor accepted, for good.
    event Succeeded(bytes32 indexed institution, bytes32 indexed successor);

    /// @notice The institution has, or had, this identity already; an identity is taken once.
    error IdentityUsed(bytes32 institution, bytes32 identity);

    /// @notice Zero is no identity.
    error ZeroIdentity();

    /// @notice The institution has its successor already.
    error HasSuccessor(bytes32 institution, bytes32 successor);

    /// @notice The institution was not offered to `successor`.
    error NotProposed(bytes32 institution, bytes32 successor);

    /// @notice There is no such institution, or it is the institution itself.
    error BadSuccessor(bytes32 successor);

    /// @notice Takes an identity as of this block; the one before ends. Controller only.
    function setIdentity(bytes32 institution, bytes32 identity) external;

    /// @notice Offers to be succeeded by `successor`; zero withdraws. Controller only.
    function proposeSuccessor(bytes32 institution, bytes32 successor) external;

    /// @notice Accepts as the controller of `successor` to succeed `institution`.
    function acceptSuccession(bytes32 institution, bytes32 successor) external;

    /// @notice The identity now; zero for none.
    function currentIdentity(bytes32 institution) external view returns (bytes32 identity);

    /// @notice When the institution had the identity; zeros for never.
    function identityPeriod(bytes32 institution, bytes32 identity) external view returns (Period memory period);

    /// @notice Whether the institution had the identity at `time`.
    function hadIdentityAt(bytes32 institution, bytes32 identity, uint64 time) external view returns (bool);

    /// @notice The successor that accepted, and since when.
    function successionOf(bytes32 institution) external view returns (Succession memory succession);

    /// @notice The successor that has been proposed and has not accepted; zero for none.
    function proposedSuccessorOf(bytes32 institution) external view returns (bytes32 successor);
}
