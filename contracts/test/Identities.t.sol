// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentities} from "../src/IIdentities.sol";
import {IInstitutions} from "../src/IInstitutions.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

contract IdentitiesTest is RegistryTest {
    bytes32 private constant COLLEGE = keccak256("Example College");
    bytes32 private constant UNIVERSITY = keccak256("Example University");

    function test_Takes_an_identity_as_of_the_block() external {
        announced();
        emit IIdentities.IdentityChanged(institution, COLLEGE);
        setIdentity(institution, COLLEGE);
        vm.assertEq(registry.currentIdentity(institution), COLLEGE, "current");
        assertPeriod(institution, COLLEGE, NOON, 0);
    }

    function test_Has_no_identity_until_it_takes_one() external view {
        vm.assertEq(registry.currentIdentity(institution), 0, "current");
        assertPeriod(institution, COLLEGE, 0, 0);
        vm.assertTrue(!registry.hadIdentityAt(institution, 0, NOON), "zero is no identity");
        vm.assertTrue(!registry.hadIdentityAt(institution, COLLEGE, type(uint64).max), "never");
    }

    function test_Ends_the_identity_before_where_the_next_begins() external {
        setIdentity(institution, COLLEGE);
        later(60);
        setIdentity(institution, UNIVERSITY);
        vm.assertEq(registry.currentIdentity(institution), UNIVERSITY, "current");
        assertPeriod(institution, COLLEGE, NOON, NOON + 60);
        assertPeriod(institution, UNIVERSITY, NOON + 60, 0);
    }

    function testFuzz_Has_one_identity_at_a_time_and_no_second_without(uint32 delay, uint64 time) external {
        setIdentity(institution, COLLEGE);
        vm.assertTrue(!registry.hadIdentityAt(institution, COLLEGE, NOON - 1), "the second before");
        vm.assertTrue(registry.hadIdentityAt(institution, COLLEGE, NOON), "the very second");

        later(delay);
        setIdentity(institution, UNIVERSITY);
        uint64 change = NOON + delay;
        vm.assertTrue(registry.hadIdentityAt(institution, COLLEGE, change - 1) == (delay != 0), "the last second");
        vm.assertTrue(!registry.hadIdentityAt(institution, COLLEGE, change), "the second of the change");
        vm.assertTrue(registry.hadIdentityAt(institution, UNIVERSITY, change), "the next from the same second on");
        bool college = registry.hadIdentityAt(institution, COLLEGE, time);
        bool university = registry.hadIdentityAt(institution, UNIVERSITY, time);
        vm.assertTrue(!(college && university), "two at a time");
        vm.assertTrue((college || university) == (time >= NOON), "a gap");
    }

    function test_Keeps_the_identities_of_institutions_apart_though_they_claim_the_same() external {
        bytes32 impostor = anotherInstitution();
        setIdentity(institution, COLLEGE);
        later(60);
        setIdentity(impostor, COLLEGE);
        setIdentity(impostor, UNIVERSITY);
        assertPeriod(institution, COLLEGE, NOON, 0);
        assertPeriod(impostor, COLLEGE, NOON + 60, NOON + 60);
        vm.assertTrue(!registry.hadIdentityAt(impostor, COLLEGE, NOON + 60), "taken and left in one second");
    }

    function test_Refuses_the_zero_identity() external {
        refused(abi.encodeWithSelector(IIdentities.ZeroIdentity.selector));
        setIdentity(institution, 0);
    }

    function test_Refuses_the_identity_that_the_institution_has() external {
        setIdentity(institution, COLLEGE);
        refused(abi.encodeWithSelector(IIdentities.IdentityUsed.selector, institution, COLLEGE));
        setIdentity(institution, COLLEGE);
    }

    function testFuzz_Refuses_an_identity_that_it_left_however_much_later(uint32 delay) external {
        setIdentity(institution, COLLEGE);
        setIdentity(institution, UNIVERSITY);
        later(delay);
        refused(abi.encodeWithSelector(IIdentities.IdentityUsed.selector, institution, COLLEGE));
        setIdentity(institution, COLLEGE);
        assertPeriod(institution, COLLEGE, NOON, NOON);
    }

    function test_Refuses_the_operator_and_the_controller_of_another_institution() external {
        anotherInstitution();
        refusesController(OPERATOR);
        refusesController(STRANGER);
    }

    function testFuzz_Refuses_every_account_but_the_controller(address account) external {
        vm.assume(account != CONTROLLER);
        refusesController(account);
    }

    function refusesController(address account) private {
        refused(abi.encodeWithSelector(IInstitutions.NotController.selector, institution, account));
        vm.prank(account);
        registry.setIdentity(institution, COLLEGE);
        vm.assertEq(registry.currentIdentity(institution), 0, "unchanged");
    }

    function assertPeriod(bytes32 id, bytes32 identity, uint64 from, uint64 until) private view {
        IIdentities.Period memory expected = IIdentities.Period(from, until);
        vm.assertEq(abi.encode(registry.identityPeriod(id, identity)), abi.encode(expected), "period");
    }
}
