// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInstitutions} from "./IInstitutions.sol";

/// @title Institutions
/// @notice The accounts that speak for an institution, and the rule that nobody else does.
abstract contract Institutions is IInstitutions {
    mapping(bytes32 institution => Institution) private _institutions;

    modifier onlyController(bytes32 institution) {
        require(msg.sender == _institutions[institution].controller, NotController(institution, msg.sender));
        _;
    }

    modifier onlyOperator(bytes32 institution) {
        require(_institutions[institution].operators[msg.sender], NotOperator(institution, msg.sender));
        _;
    }

    /// @inheritdoc IInstitutions
    function createInstitution(uint256 nonce, address operator) external returns (bytes32 institution) {
        institution = institutionId(msg.sender, nonce);
        require(controllerOf(institution) == address(0), InstitutionExists(institution));

        _institutions[institution].controller = msg.sender;
        emit InstitutionCreated(institution, msg.sender, nonce);
        if (operator != address(0)) {
            _institutions[institution].operators[operator] = true;
            emit OperatorAdded(institution, operator);
        }
    }

    /// @inheritdoc IInstitutions
    function proposeController(bytes32 institution, address candidate) external onlyController(institution) {
        _institutions[institution].pendingController = candidate;
        emit ControllerProposed(institution, candidate);
    }

    /// @inheritdoc IInstitutions
    function acceptController(bytes32 institution) external {
        Institution storage self = _institutions[institution];
        require(msg.sender == self.pendingController, NotCandidate(institution, msg.sender));

        address previous = self.controller;
        self.controller = msg.sender;
        self.pendingController = address(0);
        emit ControllerChanged(institution, previous, msg.sender);
    }

    /// @inheritdoc IInstitutions
    function addOperator(bytes32 institution, address operator) external onlyController(institution) {
        require(operator != address(0), ZeroOperator());
        require(!isOperator(institution, operator), AlreadyOperator(institution, operator));

        _institutions[institution].operators[operator] = true;
        emit OperatorAdded(institution, operator);
    }

    /// @inheritdoc IInstitutions
    function removeOperator(bytes32 institution, address operator) external onlyController(institution) {
        require(isOperator(institution, operator), NotOperator(institution, operator));

        _institutions[institution].operators[operator] = false;
        emit OperatorRemoved(institution, operator);
    }

    /// @inheritdoc IInstitutions
    function institutionId(address creator, uint256 nonce) public pure returns (bytes32 institution) {
        return keccak256(abi.encode(creator, nonce));
    }

    /// @inheritdoc IInstitutions
    function controllerOf(bytes32 institution) public view returns (address controller) {
        return _institutions[institution].controller;
    }

    /// @inheritdoc IInstitutions
    function pendingControllerOf(bytes32 institution) external view returns (address candidate) {
        return _institutions[institution].pendingController;
    }

    /// @inheritdoc IInstitutions
    function isOperator(bytes32 institution, address account) public view returns (bool) {
        return _institutions[institution].operators[account];
    }
}
