// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Institutions: who may write in whose name
/// @notice An institution is an id, a controller and operators. The id is the hash of its creator and a nonce: it has no
/// key and no powers of its own. The controller decides who the operators are; the operators anchor and revoke.
/// @dev Every event is a change of state: what would change nothing reverts.
interface IInstitutions {
    /// @dev `operators` holds a mapping and therefore never leaves the contract.
    struct Institution {
        address controller;
        address pendingController;
        mapping(address account => bool) operators;
    }

    /// @notice An institution came to be, with its creator as its controller.
    event InstitutionCreated(bytes32 indexed institution, address indexed controller, uint256 nonce);

    /// @notice The controller offered its place to `candidate`, or withdrew the offer (`candidate` zero).
    event ControllerProposed(bytes32 indexed institution, address indexed candidate);

    /// @notice The candidate accepted and is the controller now.
    event ControllerChanged(bytes32 indexed institution, address indexed previous, address indexed controller);

    /// @notice `operator` may anchor and revoke in the institution's name from now on.
    event OperatorAdded(bytes32 indexed institution, address indexed operator);

    /// @notice `operator` may do so no longer; what it wrote stays.
    event OperatorRemoved(bytes32 indexed institution, address indexed operator);

    /// @notice The same creator used the same nonce before.
    error InstitutionExists(bytes32 institution);

    /// @notice `account` does not control the institution, or there is no such institution.
    error NotController(bytes32 institution, address account);

    /// @notice The institution was not offered to `account`.
    error NotCandidate(bytes32 institution, address account);

    /// @notice `account` is no operator of the institution.
    error NotOperator(bytes32 institution, address account);

    /// @notice `account` is an operator of the institution already.
    error AlreadyOperator(bytes32 institution, address account);

    /// @notice The zero address cannot be an operator.
    error ZeroOperator();

    /// @notice Creates an institution whose controller is the caller.
    /// @dev The id is known before sending, and nobody else can take it: a retry either creates or reverts
    /// `InstitutionExists`. The controller is no operator unless it names itself one.
    /// @param nonce Any number that this creator has not used yet.
    /// @param operator The first operator; zero for none.
    /// @return institution The id, as `institutionId` gives it.
    function createInstitution(uint256 nonce, address operator) external returns (bytes32 institution);

    /// @notice Offers the institution to `candidate`, who controls it only after accepting.
    /// @dev The latest proposal replaces the one before it, whoever was named.
    /// @param candidate The next controller; zero withdraws the offer.
    function proposeController(bytes32 institution, address candidate) external;

    /// @notice Accepts the offer made to the caller. The operators stay as they are.
    function acceptController(bytes32 institution) external;

    /// @notice Adds an operator.
    function addOperator(bytes32 institution, address operator) external;

    /// @notice Removes an operator, at once. What it anchored or revoked stays.
    function removeOperator(bytes32 institution, address operator) external;

    /// @notice The id of the institution that `creator` creates, or created, with `nonce`.
    /// @return institution `keccak256(abi.encode(creator, nonce))`.
    function institutionId(address creator, uint256 nonce) external pure returns (bytes32 institution);

    /// @notice The controller; zero if there is no such institution.
    function controllerOf(bytes32 institution) external view returns (address controller);

    /// @notice The account that may accept control; zero if there is none.
    function pendingControllerOf(bytes32 institution) external view returns (address candidate);

    /// @notice Whether `account` may anchor and revoke in the institution's name now.
    function isOperator(bytes32 institution, address account) external view returns (bool);
}
