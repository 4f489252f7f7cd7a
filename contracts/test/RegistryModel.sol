// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "../src/IAnchors.sol";
import {IInstitutions} from "../src/IInstitutions.sol";
import {IRevocations} from "../src/IRevocations.sol";

/// @notice The second opinion: the registry as a journal that is only ever appended to and read from end to end. Slow and
/// obvious on purpose. Each action returns the error that the registry must give, empty if it must accept.
contract RegistryModel {
    enum Kind {
        Created,
        Proposed,
        Accepted,
        OperatorAdded,
        OperatorRemoved,
        Anchored,
        Revoked
    }

    struct Entry {
        Kind kind;
        bytes32 institution;
        address account;
        bytes32 what;
        uint256 time;
        uint256 blockNumber;
    }

    Entry[] private _journal;

    function createInstitution(address sender, uint256 nonce, address operator) external returns (bytes memory) {
        bytes32 id = keccak256(abi.encode(sender, nonce));
        if (controllerOf(id) != address(0)) {
            return abi.encodeWithSelector(IInstitutions.InstitutionExists.selector, id);
        }
        write(Kind.Created, id, sender, 0);
        if (operator != address(0)) write(Kind.OperatorAdded, id, operator, 0);
        return "";
    }

    function proposeController(address sender, bytes32 id, address candidate) external returns (bytes memory) {
        if (sender != controllerOf(id)) return notController(sender, id);
        write(Kind.Proposed, id, candidate, 0);
        return "";
    }

    function acceptController(address sender, bytes32 id) external returns (bytes memory) {
        if (sender != pendingControllerOf(id)) {
            return abi.encodeWithSelector(IInstitutions.NotCandidate.selector, id, sender);
        }
        write(Kind.Accepted, id, sender, 0);
        return "";
    }

    function addOperator(address sender, bytes32 id, address operator) external returns (bytes memory) {
        if (sender != controllerOf(id)) return notController(sender, id);
        if (operator == address(0)) return abi.encodeWithSelector(IInstitutions.ZeroOperator.selector);
        if (isOperator(id, operator)) {
            return abi.encodeWithSelector(IInstitutions.AlreadyOperator.selector, id, operator);
        }
        write(Kind.OperatorAdded, id, operator, 0);
        return "";
    }

    function removeOperator(address sender, bytes32 id, address operator) external returns (bytes memory) {
        if (sender != controllerOf(id)) return notController(sender, id);
        if (!isOperator(id, operator)) return notOperator(operator, id);
        write(Kind.OperatorRemoved, id, operator, 0);
        return "";
    }

    function anchor(address sender, bytes32 id, bytes32 root) external returns (bytes memory) {
        if (!isOperator(id, sender)) return notOperator(sender, id);
        if (root == 0) return abi.encodeWithSelector(IAnchors.ZeroRoot.selector);
        if (first(Kind.Anchored, id, root).time != 0) {
            return abi.encodeWithSelector(IAnchors.AlreadyAnchored.selector, id, root);
        }
        write(Kind.Anchored, id, sender, root);
        return "";
    }

    function revoke(address sender, bytes32 id, bytes16 handle) external returns (bytes memory) {
        if (!isOperator(id, sender)) return notOperator(sender, id);
        if (handle == 0) return abi.encodeWithSelector(IRevocations.ZeroHandle.selector);
        if (first(Kind.Revoked, id, handle).time != 0) {
            return abi.encodeWithSelector(IRevocations.AlreadyRevoked.selector, id, handle);
        }
        write(Kind.Revoked, id, sender, handle);
        return "";
    }

    /// @dev The creator, until the last acceptance says otherwise.
    function controllerOf(bytes32 id) public view returns (address controller) {
        for (uint256 i = 0; i < _journal.length; i++) {
            Entry memory entry = _journal[i];
            if (entry.institution != id) continue;
            if (entry.kind == Kind.Created || entry.kind == Kind.Accepted) controller = entry.account;
        }
    }

    /// @dev The last one proposed, unless an acceptance came after.
    function pendingControllerOf(bytes32 id) public view returns (address candidate) {
        for (uint256 i = 0; i < _journal.length; i++) {
            Entry memory entry = _journal[i];
            if (entry.institution != id) continue;
            if (entry.kind == Kind.Proposed) candidate = entry.account;
            if (entry.kind == Kind.Accepted) candidate = address(0);
        }
    }

    /// @dev Whether the last word on this account was that it is one.
    function isOperator(bytes32 id, address account) public view returns (bool result) {
        for (uint256 i = 0; i < _journal.length; i++) {
            Entry memory entry = _journal[i];
            if (entry.institution != id || entry.account != account) continue;
            if (entry.kind == Kind.OperatorAdded) result = true;
            if (entry.kind == Kind.OperatorRemoved) result = false;
        }
    }

    /// @dev The first word on a root or handle, which is the one that counts; empty if there is none.
    function first(Kind kind, bytes32 id, bytes32 what) public view returns (Entry memory entry) {
        for (uint256 i = 0; i < _journal.length; i++) {
            entry = _journal[i];
            if (entry.kind == kind && entry.institution == id && entry.what == what) return entry;
        }
        delete entry;
    }

    /// @dev How often the registry accepted something of this kind.
    function count(Kind kind) external view returns (uint256 total) {
        for (uint256 i = 0; i < _journal.length; i++) {
            if (_journal[i].kind == kind) total++;
        }
    }

    function write(Kind kind, bytes32 id, address account, bytes32 what) private {
        _journal.push(Entry(kind, id, account, what, block.timestamp, block.number));
    }

    function notController(address sender, bytes32 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IInstitutions.NotController.selector, id, sender);
    }

    function notOperator(address account, bytes32 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IInstitutions.NotOperator.selector, id, account);
    }
}
