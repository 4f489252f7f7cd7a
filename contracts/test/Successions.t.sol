// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentities} from "../src/IIdentities.sol";
import {IInstitutions} from "../src/IInstitutions.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

contract SuccessionsTest is RegistryTest {
    bytes32 private _heir;

    function setUp() public override {
        super.setUp();
        _heir = anotherInstitution();
    }

    function test_Is_succeeded_when_the_successor_accepts() external {
        announced();
        emit IIdentities.SuccessorProposed(institution, _heir);
        propose(CONTROLLER, institution, _heir);
        vm.assertEq(registry.proposedSuccessorOf(institution), _heir, "proposed");
        assertSuccession(institution, 0, 0);

        later(60);
        announced();
        emit IIdentities.Succeeded(institution, _heir);
        accept(STRANGER, institution, _heir);
        vm.assertEq(registry.proposedSuccessorOf(institution), 0, "the offer is used up");
        assertSuccession(institution, _heir, NOON + 60);
    }

    function test_Leaves_the_power_of_both_controllers_as_it_was() external {
        propose(CONTROLLER, institution, _heir);
        accept(STRANGER, institution, _heir);
        vm.assertEq(registry.controllerOf(institution), CONTROLLER, "of the old one");
        vm.assertEq(registry.controllerOf(_heir), STRANGER, "of the new one");
        assertSuccession(_heir, 0, 0);
    }

    function test_Withdraws_an_offer_and_makes_another() external {
        bytes32 other = institutionOf(CANDIDATE);
        propose(CONTROLLER, institution, _heir);
        propose(CONTROLLER, institution, 0);
        vm.assertEq(registry.proposedSuccessorOf(institution), 0, "withdrawn");
        propose(CONTROLLER, institution, _heir);
        propose(CONTROLLER, institution, other);
        vm.assertEq(registry.proposedSuccessorOf(institution), other, "replaced");
    }

    function test_Lets_the_controller_of_today_accept_not_the_one_of_the_day_of_the_offer() external {
        propose(CONTROLLER, institution, _heir);
        vm.prank(STRANGER);
        registry.proposeController(_heir, CANDIDATE);
        vm.prank(CANDIDATE);
        registry.acceptController(_heir);
        refused(abi.encodeWithSelector(IInstitutions.NotController.selector, _heir, STRANGER));
        accept(STRANGER, institution, _heir);
        accept(CANDIDATE, institution, _heir);
        assertSuccession(institution, _heir, NOON);
    }

    function test_Refuses_to_be_taken_over_by_whom_nobody_asked() external {
        refused(abi.encodeWithSelector(IIdentities.NotProposed.selector, institution, _heir));
        accept(STRANGER, institution, _heir);
    }

    function test_Refuses_to_push_itself_upon_a_successor_that_does_not_accept() external {
        propose(CONTROLLER, institution, _heir);
        refused(abi.encodeWithSelector(IInstitutions.NotController.selector, _heir, CONTROLLER));
        accept(CONTROLLER, institution, _heir);
        assertSuccession(institution, 0, 0);
    }

    function test_Refuses_another_heir_than_the_one_proposed() external {
        bytes32 other = institutionOf(CANDIDATE);
        propose(CONTROLLER, institution, _heir);
        refused(abi.encodeWithSelector(IIdentities.NotProposed.selector, institution, other));
        accept(CANDIDATE, institution, other);
    }

    function test_Refuses_an_offer_that_was_withdrawn() external {
        propose(CONTROLLER, institution, _heir);
        propose(CONTROLLER, institution, 0);
        refused(abi.encodeWithSelector(IIdentities.NotProposed.selector, institution, _heir));
        accept(STRANGER, institution, _heir);
    }

    function test_Refuses_the_operator_of_the_successor() external {
        propose(CONTROLLER, institution, _heir);
        refused(abi.encodeWithSelector(IInstitutions.NotController.selector, _heir, SECOND_OPERATOR));
        accept(SECOND_OPERATOR, institution, _heir);
    }

    function testFuzz_Refuses_to_be_succeeded_again_however_much_later(uint32 delay) external {
        bytes32 other = institutionOf(CANDIDATE);
        propose(CONTROLLER, institution, _heir);
        accept(STRANGER, institution, _heir);
        later(delay);
        bytes memory refusal = abi.encodeWithSelector(IIdentities.HasSuccessor.selector, institution, _heir);
        refused(refusal);
        propose(CONTROLLER, institution, other);
        refused(refusal);
        propose(CONTROLLER, institution, 0);
        refused(refusal);
        accept(STRANGER, institution, _heir);
        refused(refusal);
        accept(CANDIDATE, institution, other);
        assertSuccession(institution, _heir, NOON);
    }

    function test_Refuses_itself_and_an_institution_that_does_not_exist() external {
        refused(abi.encodeWithSelector(IIdentities.BadSuccessor.selector, institution));
        propose(CONTROLLER, institution, institution);
        refused(abi.encodeWithSelector(IIdentities.BadSuccessor.selector, keccak256("nowhere")));
        propose(CONTROLLER, institution, keccak256("nowhere"));
    }

    function test_Refuses_to_accept_as_an_institution_that_does_not_exist() external {
        refused(abi.encodeWithSelector(IInstitutions.NotController.selector, bytes32(0), STRANGER));
        accept(STRANGER, institution, 0);
    }

    function testFuzz_Refuses_a_proposal_from_every_account_but_the_controller(address account) external {
        vm.assume(account != CONTROLLER);
        refused(abi.encodeWithSelector(IInstitutions.NotController.selector, institution, account));
        propose(account, institution, _heir);
    }

    function testFuzz_Refuses_an_acceptance_from_every_account_but_the_controller_of_the_successor(address account)
        external
    {
        vm.assume(account != STRANGER);
        propose(CONTROLLER, institution, _heir);
        refused(abi.encodeWithSelector(IInstitutions.NotController.selector, _heir, account));
        accept(account, institution, _heir);
    }

    function propose(address account, bytes32 id, bytes32 successor) private {
        vm.prank(account);
        registry.proposeSuccessor(id, successor);
    }

    function accept(address account, bytes32 id, bytes32 successor) private {
        vm.prank(account);
        registry.acceptSuccession(id, successor);
    }

    function assertSuccession(bytes32 id, bytes32 successor, uint64 since) private view {
        IIdentities.Succession memory expected = IIdentities.Succession(successor, since);
        vm.assertEq(abi.encode(registry.successionOf(id)), abi.encode(expected), "succession");
    }
}
