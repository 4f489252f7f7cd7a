// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Question, Questions} from "./Questions.sol";
import {RegistryHandler} from "./RegistryHandler.sol";
import {vm} from "../Test.sol";

/// @notice Asks the registry about times while the actors play, demands the answer that the journal gives, and writes down
/// every answer about the past: what it was told once, it must be told for ever.
contract Historian {
    RegistryHandler private immutable _handler;
    Question[] private _told;

    constructor(RegistryHandler handler) {
        _handler = handler;
    }

    function ask(uint256 seed) external {
        Question memory question = Questions.draw(_handler.registry(), _handler.model().entries(), seed);
        vm.assertTrue(answer(question) == question.answer, "the contract and the journal disagree about a time");
        if (question.time < _handler.time()) _told.push(question);
    }

    function asksAgain() external view {
        for (uint256 i = 0; i < _told.length; i++) {
            vm.assertTrue(answer(_told[i]) == _told[i].answer, "the past has changed");
        }
    }

    function answer(Question memory question) private view returns (bool) {
        (bool answered, bytes memory word) = address(_handler.registry()).staticcall(question.call);
        vm.assertTrue(answered, "a question about a time must never revert");
        return abi.decode(word, (bool));
    }
}
