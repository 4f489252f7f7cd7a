// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "../src/IAnchors.sol";
import {IInstitutions} from "../src/IInstitutions.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

contract DistrustTest is RegistryTest {
    bytes32 private constant ROOT = keccak256("root");

    function setUp() public override {
        super.setUp();
        anchor(OPERATOR, institution, ROOT);
    }

    function test_Distrusts_a_root_beside_the_time_of_its_anchor() external {
        later(60);
        announced();
        emit IAnchors.RootDistrusted(institution, ROOT);
        distrust(CONTROLLER, institution, ROOT);
        assertAnchor(ROOT, IAnchors.Anchor(NOON, HEIGHT, NOON + 60));
    }

    function test_Distrusts_one_root_and_no_other() external {
        anchor(OPERATOR, institution, keccak256("another root"));
        distrust(CONTROLLER, institution, ROOT);
        assertAnchor(keccak256("another root"), IAnchors.Anchor(NOON, HEIGHT, 0));
    }

    function test_Keeps_what_institutions_think_of_one_root_apart() external {
        bytes32 other = anotherInstitution();
        anchor(SECOND_OPERATOR, other, ROOT);
        distrust(STRANGER, other, ROOT);
        assertAnchor(ROOT, IAnchors.Anchor(NOON, HEIGHT, 0));
    }

    function testFuzz_Stands_by_a_root_from_its_block_until_the_second_of_the_distrust(uint32 delay, uint64 time)
        external
    {
        vm.assertTrue(!registry.isAnchoredAt(institution, ROOT, NOON - 1), "the second before");
        vm.assertTrue(registry.isAnchoredAt(institution, ROOT, NOON), "the very second");
        vm.assertTrue(registry.isAnchoredAt(institution, ROOT, time) == (time >= NOON), "any second");

        later(delay);
        distrust(CONTROLLER, institution, ROOT);
        uint64 end = NOON + delay;
        vm.assertTrue(registry.isAnchoredAt(institution, ROOT, end - 1) == (delay != 0), "the last second");
        vm.assertTrue(!registry.isAnchoredAt(institution, ROOT, end), "the second of the distrust");
        vm.assertTrue(registry.isAnchoredAt(institution, ROOT, time) == (time >= NOON && time < end), "any second");
    }

    function test_Says_of_no_time_that_a_root_was_anchored_that_was_not() external view {
        vm.assertTrue(!registry.isAnchoredAt(institution, keccak256("never"), 0), "zero");
        vm.assertTrue(!registry.isAnchoredAt(institution, keccak256("never"), NOON), "now");
        vm.assertTrue(!registry.isAnchoredAt(institution, keccak256("never"), type(uint64).max), "ever");
    }

    function test_Refuses_to_anchor_a_distrusted_root_again() external {
        distrust(CONTROLLER, institution, ROOT);
        refused(abi.encodeWithSelector(IAnchors.AlreadyAnchored.selector, institution, ROOT));
        anchor(OPERATOR, institution, ROOT);
    }

    function test_Refuses_to_distrust_twice_and_keeps_the_first_time() external {
        distrust(CONTROLLER, institution, ROOT);
        later(60);
        refused(abi.encodeWithSelector(IAnchors.AlreadyDistrusted.selector, institution, ROOT));
        distrust(CONTROLLER, institution, ROOT);
        assertAnchor(ROOT, IAnchors.Anchor(NOON, HEIGHT, NOON));
    }

    function test_Refuses_to_distrust_in_advance() external {
        refused(abi.encodeWithSelector(IAnchors.NotAnchored.selector, institution, keccak256("to come")));
        distrust(CONTROLLER, institution, keccak256("to come"));
    }

    function test_Refuses_an_operator_that_would_burn_the_diplomas_of_a_year() external {
        refusesController(OPERATOR);
    }

    function test_Refuses_the_controller_of_another_institution() external {
        anotherInstitution();
        refusesController(STRANGER);
    }

    function testFuzz_Refuses_every_account_but_the_controller(address account) external {
        vm.assume(account != CONTROLLER);
        refusesController(account);
    }

    function refusesController(address account) private {
        refused(abi.encodeWithSelector(IInstitutions.NotController.selector, institution, account));
        distrust(account, institution, ROOT);
        assertAnchor(ROOT, IAnchors.Anchor(NOON, HEIGHT, 0));
    }

    function distrust(address account, bytes32 id, bytes32 root) private {
        vm.prank(account);
        registry.distrustRoot(id, root);
    }

    function assertAnchor(bytes32 root, IAnchors.Anchor memory expected) private view {
        vm.assertEq(abi.encode(registry.anchorOf(institution, root)), abi.encode(expected), "anchor");
    }
}
