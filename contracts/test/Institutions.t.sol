// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInstitutions} from "../src/IInstitutions.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

contract InstitutionsTest is RegistryTest {
    function test_Creates_an_institution_under_an_id_known_beforehand() external {
        bytes32 expected = keccak256(abi.encode(STRANGER, uint256(7)));
        vm.assertEq(registry.institutionId(STRANGER, 7), expected, "id before");

        announced();
        emit IInstitutions.InstitutionCreated(expected, STRANGER, 7);
        announced();
        emit IInstitutions.OperatorAdded(expected, OPERATOR);
        vm.prank(STRANGER);
        bytes32 created = registry.createInstitution(7, OPERATOR);

        vm.assertEq(created, expected, "id");
        vm.assertEq(registry.controllerOf(created), STRANGER, "controller");
        vm.assertEq(registry.pendingControllerOf(created), address(0), "candidate");
        vm.assertTrue(registry.isOperator(created, OPERATOR), "operator");
        vm.assertTrue(!registry.isOperator(created, STRANGER), "the controller is no operator");
    }

    function test_Creates_an_institution_without_an_operator() external {
        vm.prank(STRANGER);
        bytes32 created = registry.createInstitution(7, address(0));
        vm.assertEq(registry.controllerOf(created), STRANGER, "controller");
        vm.assertTrue(!registry.isOperator(created, address(0)), "zero is no operator");
    }

    function test_Hands_control_over_when_the_candidate_accepts() external {
        announced();
        emit IInstitutions.ControllerProposed(institution, CANDIDATE);
        propose(CANDIDATE);
        vm.assertEq(registry.controllerOf(institution), CONTROLLER, "controller before");
        vm.assertEq(registry.pendingControllerOf(institution), CANDIDATE, "candidate before");

        announced();
        emit IInstitutions.ControllerChanged(institution, CONTROLLER, CANDIDATE);
        accept(CANDIDATE);
        vm.assertEq(registry.controllerOf(institution), CANDIDATE, "controller after");
        vm.assertEq(registry.pendingControllerOf(institution), address(0), "candidate after");
        vm.assertTrue(registry.isOperator(institution, OPERATOR), "operators stay");
    }

    function test_Adds_and_removes_operators() external {
        announced();
        emit IInstitutions.OperatorAdded(institution, SECOND_OPERATOR);
        vm.prank(CONTROLLER);
        registry.addOperator(institution, SECOND_OPERATOR);
        vm.assertTrue(registry.isOperator(institution, SECOND_OPERATOR), "added");

        announced();
        emit IInstitutions.OperatorRemoved(institution, OPERATOR);
        vm.prank(CONTROLLER);
        registry.removeOperator(institution, OPERATOR);
        vm.assertTrue(!registry.isOperator(institution, OPERATOR), "removed");
        vm.assertTrue(registry.isOperator(institution, SECOND_OPERATOR), "the other stays");
    }

    function test_Refuses_a_nonce_that_its_creator_used_before() external {
        refused(abi.encodeWithSelector(IInstitutions.InstitutionExists.selector, institution));
        vm.prank(CONTROLLER);
        registry.createInstitution(NONCE, SECOND_OPERATOR);
        vm.assertTrue(!registry.isOperator(institution, SECOND_OPERATOR), "operators unchanged");
    }

    function test_Refuses_to_create_again_what_the_creator_handed_over() external {
        propose(CANDIDATE);
        accept(CANDIDATE);
        refused(abi.encodeWithSelector(IInstitutions.InstitutionExists.selector, institution));
        vm.prank(CONTROLLER);
        registry.createInstitution(NONCE, OPERATOR);
    }

    function test_Refuses_a_proposal_for_an_institution_that_does_not_exist() external {
        bytes32 nowhere = registry.institutionId(CONTROLLER, NONCE + 1);
        refused(abi.encodeWithSelector(IInstitutions.NotController.selector, nowhere, CONTROLLER));
        vm.prank(CONTROLLER);
        registry.proposeController(nowhere, CANDIDATE);
    }

    function test_Refuses_acceptance_where_nothing_was_offered() external {
        refused(abi.encodeWithSelector(IInstitutions.NotCandidate.selector, institution, CONTROLLER));
        accept(CONTROLLER);
    }

    function test_Refuses_acceptance_by_an_account_other_than_the_candidate() external {
        propose(CANDIDATE);
        refused(abi.encodeWithSelector(IInstitutions.NotCandidate.selector, institution, STRANGER));
        accept(STRANGER);
    }

    function test_Refuses_acceptance_of_an_offer_that_was_withdrawn() external {
        propose(CANDIDATE);
        propose(address(0));
        refused(abi.encodeWithSelector(IInstitutions.NotCandidate.selector, institution, CANDIDATE));
        accept(CANDIDATE);
    }

    function test_Refuses_acceptance_of_an_offer_that_another_replaced() external {
        propose(CANDIDATE);
        propose(STRANGER);
        refused(abi.encodeWithSelector(IInstitutions.NotCandidate.selector, institution, CANDIDATE));
        accept(CANDIDATE);
    }

    function test_Refuses_to_accept_one_offer_twice() external {
        propose(CANDIDATE);
        accept(CANDIDATE);
        refused(abi.encodeWithSelector(IInstitutions.NotCandidate.selector, institution, CANDIDATE));
        accept(CANDIDATE);
    }

    function test_Refuses_the_controller_of_before() external {
        propose(CANDIDATE);
        accept(CANDIDATE);
        refusesToManage(CONTROLLER);
    }

    function test_Refuses_a_candidate_that_has_not_accepted() external {
        propose(CANDIDATE);
        refusesToManage(CANDIDATE);
    }

    function test_Refuses_an_operator_that_acts_as_controller() external {
        refusesToManage(OPERATOR);
    }

    function test_Refuses_the_controller_of_another_institution() external {
        anotherInstitution();
        refusesToManage(STRANGER);
    }

    function testFuzz_Refuses_every_account_but_the_controller(address account) external {
        vm.assume(account != CONTROLLER);
        refusesToManage(account);
    }

    function test_Refuses_an_operator_that_is_one_already() external {
        refused(abi.encodeWithSelector(IInstitutions.AlreadyOperator.selector, institution, OPERATOR));
        vm.prank(CONTROLLER);
        registry.addOperator(institution, OPERATOR);
    }

    function test_Refuses_the_zero_address_as_operator() external {
        refused(abi.encodeWithSelector(IInstitutions.ZeroOperator.selector));
        vm.prank(CONTROLLER);
        registry.addOperator(institution, address(0));
    }

    function test_Refuses_to_remove_an_account_that_is_no_operator() external {
        refused(abi.encodeWithSelector(IInstitutions.NotOperator.selector, institution, STRANGER));
        vm.prank(CONTROLLER);
        registry.removeOperator(institution, STRANGER);
    }

    function testFuzz_Gives_each_creator_and_nonce_an_id_of_their_own(address one, uint256 n, address two, uint256 m)
        external
        view
    {
        bool same = one == two && n == m;
        vm.assertTrue((registry.institutionId(one, n) == registry.institutionId(two, m)) == same, "ids");
    }

    function refusesToManage(address account) private {
        bytes memory refusal = abi.encodeWithSelector(IInstitutions.NotController.selector, institution, account);
        refused(refusal);
        vm.prank(account);
        registry.proposeController(institution, account);
        refused(refusal);
        vm.prank(account);
        registry.addOperator(institution, account);
        refused(refusal);
        vm.prank(account);
        registry.removeOperator(institution, OPERATOR);
    }

    function propose(address candidate) private {
        vm.prank(CONTROLLER);
        registry.proposeController(institution, candidate);
    }

    function accept(address account) private {
        vm.prank(account);
        registry.acceptController(institution);
    }
}
