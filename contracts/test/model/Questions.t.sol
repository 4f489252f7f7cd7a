// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CredentialRegistry} from "../../src/CredentialRegistry.sol";
import {Entry, Kind} from "./Journal.sol";
import {KINDS, Question, Questions} from "./Questions.sol";
import {RegistryHandler} from "./RegistryHandler.sol";
import {RegistryModel} from "./RegistryModel.sol";
import {vm} from "../Test.sol";

/// @notice Many random histories, and a thousand random questions about the times of each: 100,000 in the soak.
contract QuestionsTest {
    uint256 private constant ACTIONS = 200;
    uint256 private constant QUESTIONS = 1_000;

    /// @dev Forge prints it from -vv on.
    event log(string line);

    function test_Answers_random_questions_about_random_times_as_the_naive_model_does() external {
        bool soak = keccak256(bytes(vm.envOr("FOUNDRY_PROFILE", "default"))) == keccak256("soak");
        uint256 histories = soak ? 100 : 3;
        uint256[2][KINDS] memory tally;
        uint256 asked = 0;
        for (uint256 n = 0; n < histories; n++) {
            uint256[2][KINDS] memory answers = this.askAboutOneHistory(n);
            for (uint256 kind = 0; kind < KINDS; kind++) {
                tally[kind][0] += answers[kind][0];
                tally[kind][1] += answers[kind][1];
                asked += answers[kind][0] + answers[kind][1];
            }
        }
        vm.assertEq(asked, histories * QUESTIONS, "questions asked");
        emit log(string.concat(
                "soak: ", vm.toString(asked), " questions about times answered as the naive model answers them"
            ));
        for (uint256 kind = 0; kind < KINDS; kind++) {
            vm.assertTrue(tally[kind][0] > asked / 100, "hardly ever answered no: it asks nothing");
            vm.assertTrue(tally[kind][1] > asked / 100, "hardly ever answered yes: it asks nothing");
        }
    }

    /// @dev Guards model and invariants: they would agree as well if every action were refused.
    function test_The_random_actors_get_something_of_every_kind_accepted() external {
        Entry[] memory journal = play(2026, 500).model().entries();
        for (uint256 kind = 0; kind <= uint256(type(Kind).max); kind++) {
            uint256 accepted = 0;
            for (uint256 i = 0; i < journal.length; i++) {
                if (journal[i].kind == Kind(kind)) accepted++;
            }
            vm.assertTrue(accepted > 0, "never accepted");
        }
    }

    /// @dev A call of its own, so that its memory is given back.
    function askAboutOneHistory(uint256 n) external returns (uint256[2][KINDS] memory answers) {
        RegistryHandler handler = play(n, ACTIONS);
        CredentialRegistry registry = handler.registry();
        Entry[] memory journal = handler.model().entries();
        for (uint256 i = 0; i < QUESTIONS; i++) {
            Question memory question = Questions.draw(registry, journal, chance(n, i));
            (bool answered, bytes memory word) = address(registry).staticcall(question.call);
            vm.assertTrue(answered, "a question about a time must never revert");
            vm.assertTrue(abi.decode(word, (bool)) == question.answer, "the contract and the journal disagree");
            answers[question.kind][question.answer ? 1 : 0]++;
        }
    }

    function play(uint256 seed, uint256 actions) private returns (RegistryHandler handler) {
        handler = new RegistryHandler(new CredentialRegistry(), new RegistryModel());
        bytes4[16] memory selectors = [
            handler.createInstitution.selector,
            handler.proposeController.selector,
            handler.acceptController.selector,
            handler.addOperator.selector,
            handler.removeOperator.selector,
            handler.anchor.selector,
            handler.distrustRoot.selector,
            handler.revoke.selector,
            handler.addKey.selector,
            handler.revokeKey.selector,
            handler.setIdentity.selector,
            handler.proposeSuccessor.selector,
            handler.acceptSuccession.selector,
            handler.accredit.selector,
            handler.accredit.selector,
            handler.revokeAccreditation.selector
        ];
        for (uint256 i = 0; i < actions; i++) {
            uint256 dice = chance(seed, actions + i);
            // Each argument is a word of the dice; an action that takes fewer reads no further.
            bytes memory words =
                abi.encode(chance(dice, 0), chance(dice, 1), chance(dice, 2), chance(dice, 3), chance(dice, 4));
            (bool played,) = address(handler).call(bytes.concat(selectors[dice % selectors.length], words));
            vm.assertTrue(played, "registry and model disagree");
        }
    }

    function chance(uint256 seed, uint256 n) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, n)));
    }
}
