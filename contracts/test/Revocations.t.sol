// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInstitutions} from "../src/IInstitutions.sol";
import {IRevocations} from "../src/IRevocations.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

contract RevocationsTest is RegistryTest {
    bytes16 private constant HANDLE = bytes16(keccak256("handle"));

    function test_Revokes_a_handle_at_the_time_of_the_block() external {
        announced();
        emit IRevocations.Revoked(institution, HANDLE);
        revoke(OPERATOR, institution, HANDLE);
        assertRevoked(institution, HANDLE, NOON);
    }

    function test_Knows_no_time_for_a_handle_that_was_never_revoked() external {
        revoke(OPERATOR, institution, HANDLE);
        assertRevoked(institution, bytes16(keccak256("another handle")), 0);
    }

    function test_Keeps_the_revocations_of_institutions_apart() external {
        bytes32 other = anotherInstitution();
        revoke(OPERATOR, institution, HANDLE);
        assertRevoked(other, HANDLE, 0);

        later(60);
        revoke(SECOND_OPERATOR, other, HANDLE);
        assertRevoked(institution, HANDLE, NOON);
        assertRevoked(other, HANDLE, NOON + 60);
    }

    function test_Keeps_a_revocation_whose_operator_was_removed() external {
        revoke(OPERATOR, institution, HANDLE);
        removeOperator();
        assertRevoked(institution, HANDLE, NOON);
    }

    function testFuzz_Revokes_any_handle_at_any_time(bytes16 handle, uint64 time) external {
        vm.assume(handle != 0 && time != 0);
        vm.warp(time);
        revoke(OPERATOR, institution, handle);
        assertRevoked(institution, handle, time);
    }

    function testFuzz_Has_revoked_from_the_very_second_of_the_block_on(uint32 delay, uint64 time) external {
        vm.assertTrue(!registry.isRevokedAt(institution, HANDLE, time), "never");
        later(delay);
        revoke(OPERATOR, institution, HANDLE);
        uint64 then = NOON + delay;
        vm.assertTrue(!registry.isRevokedAt(institution, HANDLE, then - 1), "the second before");
        vm.assertTrue(registry.isRevokedAt(institution, HANDLE, then), "the very second");
        vm.assertTrue(registry.isRevokedAt(institution, HANDLE, type(uint64).max), "for ever");
        vm.assertTrue(registry.isRevokedAt(institution, HANDLE, time) == (time >= then), "any second");
        vm.assertTrue(!registry.isRevokedAt(institution, 0, time), "the zero handle");
    }

    function test_Refuses_a_revocation_from_an_account_that_is_no_operator() external {
        refusesOperator(STRANGER, institution);
    }

    function test_Refuses_a_revocation_from_the_controller() external {
        refusesOperator(CONTROLLER, institution);
    }

    function test_Refuses_a_revocation_from_an_operator_of_another_institution() external {
        anotherInstitution();
        refusesOperator(SECOND_OPERATOR, institution);
    }

    function test_Refuses_a_revocation_from_an_operator_that_was_removed() external {
        removeOperator();
        refusesOperator(OPERATOR, institution);
    }

    function test_Refuses_a_revocation_for_an_institution_that_does_not_exist() external {
        refusesOperator(OPERATOR, keccak256("nowhere"));
    }

    function testFuzz_Refuses_a_revocation_from_any_account_but_the_operator(address account) external {
        vm.assume(account != OPERATOR);
        refusesOperator(account, institution);
    }

    function test_Refuses_a_handle_twice_in_one_block() external {
        revoke(OPERATOR, institution, HANDLE);
        refused(abi.encodeWithSelector(IRevocations.AlreadyRevoked.selector, institution, HANDLE));
        revoke(OPERATOR, institution, HANDLE);
    }

    function testFuzz_Refuses_a_handle_again_however_much_later(uint32 seconds_) external {
        vm.prank(CONTROLLER);
        registry.addOperator(institution, SECOND_OPERATOR);
        revoke(OPERATOR, institution, HANDLE);

        later(seconds_);
        refused(abi.encodeWithSelector(IRevocations.AlreadyRevoked.selector, institution, HANDLE));
        revoke(SECOND_OPERATOR, institution, HANDLE);
        assertRevoked(institution, HANDLE, NOON);
    }

    function test_Refuses_the_zero_handle() external {
        refused(abi.encodeWithSelector(IRevocations.ZeroHandle.selector));
        revoke(OPERATOR, institution, 0);
    }

    function test_Refuses_a_handle_with_a_seventeenth_byte() external {
        vm.prank(OPERATOR);
        (bool accepted,) =
            address(registry).call(abi.encodeWithSelector(IRevocations.revoke.selector, institution, keccak256("long")));
        vm.assertTrue(!accepted, "a longer word is not silently cut to a handle");
    }

    function refusesOperator(address account, bytes32 id) private {
        refused(abi.encodeWithSelector(IInstitutions.NotOperator.selector, id, account));
        revoke(account, id, HANDLE);
        assertRevoked(id, HANDLE, 0);
    }

    function revoke(address account, bytes32 id, bytes16 handle) private {
        vm.prank(account);
        registry.revoke(id, handle);
    }

    function assertRevoked(bytes32 id, bytes16 handle, uint64 time) private view {
        vm.assertEq(registry.revokedAt(id, handle), time, "revoked at");
    }
}
