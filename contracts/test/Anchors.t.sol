// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "../src/IAnchors.sol";
import {IInstitutions} from "../src/IInstitutions.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

contract AnchorsTest is RegistryTest {
    bytes32 private constant ROOT = keccak256("root");

    function test_Anchors_a_root_at_the_time_and_number_of_the_block() external {
        announced();
        emit IAnchors.Anchored(institution, ROOT);
        anchor(OPERATOR, institution, ROOT);
        assertAnchored(institution, ROOT, NOON, HEIGHT);
    }

    function test_Knows_no_time_for_a_root_that_was_never_anchored() external {
        anchor(OPERATOR, institution, ROOT);
        assertAnchored(institution, keccak256("another root"), 0, 0);
    }

    function test_Keeps_the_anchors_of_institutions_apart() external {
        bytes32 other = anotherInstitution();
        anchor(OPERATOR, institution, ROOT);
        assertAnchored(other, ROOT, 0, 0);

        later(60);
        anchor(SECOND_OPERATOR, other, ROOT);
        assertAnchored(institution, ROOT, NOON, HEIGHT);
        assertAnchored(other, ROOT, NOON + 60, HEIGHT + 5);
    }

    function test_Keeps_an_anchor_whose_operator_was_removed() external {
        anchor(OPERATOR, institution, ROOT);
        removeOperator();
        assertAnchored(institution, ROOT, NOON, HEIGHT);
    }

    function testFuzz_Anchors_any_root_at_any_time(bytes32 root, uint64 time, uint64 blockNumber) external {
        vm.assume(root != 0 && time != 0);
        vm.warp(time);
        vm.roll(blockNumber);
        anchor(OPERATOR, institution, root);
        assertAnchored(institution, root, time, blockNumber);
    }

    function test_Refuses_an_anchor_from_an_account_that_is_no_operator() external {
        refusesOperator(STRANGER, institution);
    }

    function test_Refuses_an_anchor_from_the_controller() external {
        refusesOperator(CONTROLLER, institution);
    }

    function test_Refuses_an_anchor_from_an_operator_of_another_institution() external {
        anotherInstitution();
        refusesOperator(SECOND_OPERATOR, institution);
    }

    function test_Refuses_an_anchor_from_an_operator_that_was_removed() external {
        removeOperator();
        refusesOperator(OPERATOR, institution);
    }

    function test_Refuses_an_anchor_for_an_institution_that_does_not_exist() external {
        refusesOperator(OPERATOR, keccak256("nowhere"));
    }

    function testFuzz_Refuses_an_anchor_from_any_account_but_the_operator(address account) external {
        vm.assume(account != OPERATOR);
        refusesOperator(account, institution);
    }

    function test_Refuses_a_root_twice_in_one_block() external {
        anchor(OPERATOR, institution, ROOT);
        refused(abi.encodeWithSelector(IAnchors.AlreadyAnchored.selector, institution, ROOT));
        anchor(OPERATOR, institution, ROOT);
    }

    function testFuzz_Refuses_a_root_again_however_much_later(uint32 seconds_) external {
        vm.prank(CONTROLLER);
        registry.addOperator(institution, SECOND_OPERATOR);
        anchor(OPERATOR, institution, ROOT);

        later(seconds_);
        refused(abi.encodeWithSelector(IAnchors.AlreadyAnchored.selector, institution, ROOT));
        anchor(SECOND_OPERATOR, institution, ROOT);
        assertAnchored(institution, ROOT, NOON, HEIGHT);
    }

    function test_Refuses_the_zero_root() external {
        refused(abi.encodeWithSelector(IAnchors.ZeroRoot.selector));
        anchor(OPERATOR, institution, 0);
    }

    function refusesOperator(address account, bytes32 id) private {
        refused(abi.encodeWithSelector(IInstitutions.NotOperator.selector, id, account));
        anchor(account, id, ROOT);
        assertAnchored(id, ROOT, 0, 0);
    }

    function assertAnchored(bytes32 id, bytes32 root, uint64 time, uint64 blockNumber) private view {
        IAnchors.Anchor memory actual = registry.anchorOf(id, root);
        vm.assertEq(actual.time, time, "time");
        vm.assertEq(actual.blockNumber, blockNumber, "block");
        vm.assertEq(actual.distrustedAt, 0, "distrusted");
    }
}
