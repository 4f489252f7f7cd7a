// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInstitutions} from "../../src/IInstitutions.sol";
import {History} from "./History.sol";
import {Entry, Journal, Kind} from "./Journal.sol";

/// @notice Who may write in whose name. Each action returns the error that the registry must give, empty if it must accept.
abstract contract InstitutionsModel is Journal {
    using History for Entry[];

    function createInstitution(address sender, uint256 nonce, address operator) external returns (bytes memory) {
        Entry[] memory journal = entries();
        bytes32 id = keccak256(abi.encode(sender, nonce));
        if (journal.controllerOf(id) != address(0)) {
            return abi.encodeWithSelector(IInstitutions.InstitutionExists.selector, id);
        }
        write(Kind.Created, id, word(sender));
        if (operator != address(0)) write(Kind.OperatorAdded, id, word(operator));
        return "";
    }

    function proposeController(address sender, bytes32 id, address candidate) external returns (bytes memory) {
        Entry[] memory journal = entries();
        if (!controls(journal, sender, id)) return notController(sender, id);
        write(Kind.ControllerProposed, id, word(candidate));
        return "";
    }

    function acceptController(address sender, bytes32 id) external returns (bytes memory) {
        Entry[] memory journal = entries();
        if (sender != journal.pendingControllerOf(id)) {
            return abi.encodeWithSelector(IInstitutions.NotCandidate.selector, id, sender);
        }
        write(Kind.ControllerChanged, id, word(sender));
        return "";
    }

    function addOperator(address sender, bytes32 id, address operator) external returns (bytes memory) {
        Entry[] memory journal = entries();
        if (!controls(journal, sender, id)) return notController(sender, id);
        if (operator == address(0)) return abi.encodeWithSelector(IInstitutions.ZeroOperator.selector);
        if (journal.isOperator(id, operator)) {
            return abi.encodeWithSelector(IInstitutions.AlreadyOperator.selector, id, operator);
        }
        write(Kind.OperatorAdded, id, word(operator));
        return "";
    }

    function removeOperator(address sender, bytes32 id, address operator) external returns (bytes memory) {
        Entry[] memory journal = entries();
        if (!controls(journal, sender, id)) return notController(sender, id);
        if (!journal.isOperator(id, operator)) return notOperator(operator, id);
        write(Kind.OperatorRemoved, id, word(operator));
        return "";
    }

    function controls(Entry[] memory journal, address sender, bytes32 id) internal pure returns (bool) {
        return sender == journal.controllerOf(id);
    }

    function notController(address sender, bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IInstitutions.NotController.selector, id, sender);
    }

    function notOperator(address account, bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IInstitutions.NotOperator.selector, id, account);
    }

    function word(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
