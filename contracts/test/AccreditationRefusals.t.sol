// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccreditations} from "../src/IAccreditations.sol";
import {IInstitutions} from "../src/IInstitutions.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

contract AccreditationRefusalsTest is RegistryTest {
    bytes32 private constant IDENTITY = keccak256("identity");

    bytes32 private _agency;
    bytes32 private _accreditation;

    function setUp() public override {
        super.setUp();
        _agency = anotherInstitution();
        _accreditation = keccak256(abi.encode(_agency, institution, IDENTITY, uint64(0)));
    }

    function test_Refuses_an_institution_that_does_not_exist() external {
        bytes32 nowhere = keccak256("nowhere");
        refused(abi.encodeWithSelector(IAccreditations.BadSubject.selector, nowhere, IDENTITY));
        accredit(_agency, nowhere, IDENTITY, 0, 0, 0, 1);
    }

    function test_Refuses_an_accreditor_that_vouches_for_itself() external {
        refused(abi.encodeWithSelector(IAccreditations.BadSubject.selector, _agency, IDENTITY));
        accredit(_agency, _agency, IDENTITY, 0, 0, 0, 1);
    }

    function test_Refuses_to_vouch_for_no_identity() external {
        refused(abi.encodeWithSelector(IAccreditations.BadSubject.selector, institution, bytes32(0)));
        accredit(_agency, institution, 0, 0, 0, 0, 1);
    }

    function test_Refuses_to_vouch_for_nothing() external {
        refused(abi.encodeWithSelector(IAccreditations.NoScope.selector));
        accredit(_agency, institution, IDENTITY, 0, 0, 0, 0);
    }

    function test_Refuses_a_period_that_ends_where_it_begins() external {
        refused(abi.encodeWithSelector(IAccreditations.EmptyPeriod.selector, NOON + 60, NOON + 60));
        accredit(_agency, institution, IDENTITY, 0, NOON + 60, NOON + 60, 1);
    }

    function test_Refuses_a_period_that_is_over() external {
        refused(abi.encodeWithSelector(IAccreditations.EmptyPeriod.selector, NOON, NOON));
        accredit(_agency, institution, IDENTITY, 0, NOON - 60, NOON, 1);
    }

    function testFuzz_Refuses_a_period_that_ends_before_it_begins(uint64 from, uint64 until) external {
        uint64 begin = from < NOON ? NOON : from;
        until = 1 + until % begin;
        refused(abi.encodeWithSelector(IAccreditations.EmptyPeriod.selector, begin, until));
        accredit(_agency, institution, IDENTITY, 0, from, until, 1);
    }

    function test_Refuses_a_serial_that_was_used_before() external {
        accredit(_agency, institution, IDENTITY, 0, 0, NOON + 60, 1);
        later(120);
        refused(abi.encodeWithSelector(IAccreditations.AccreditationExists.selector, _accreditation));
        accredit(_agency, institution, IDENTITY, 0, 0, 0, 2);
    }

    function test_Refuses_to_bring_back_what_was_revoked() external {
        accredit(_agency, institution, IDENTITY, 0, 0, 0, 1);
        revoke(STRANGER);
        refused(abi.encodeWithSelector(IAccreditations.AccreditationExists.selector, _accreditation));
        accredit(_agency, institution, IDENTITY, 0, 0, 0, 1);
    }

    function test_Refuses_to_revoke_what_was_never_given() external {
        refused(abi.encodeWithSelector(IAccreditations.UnknownAccreditation.selector, _accreditation));
        revoke(STRANGER);
    }

    function test_Refuses_to_revoke_twice_and_keeps_the_first_time() external {
        accredit(_agency, institution, IDENTITY, 0, 0, 0, 1);
        revoke(STRANGER);
        later(60);
        refused(abi.encodeWithSelector(IAccreditations.AccreditationAlreadyRevoked.selector, _accreditation));
        revoke(STRANGER);
        vm.assertEq(registry.accreditationOf(_accreditation).revokedAt, NOON, "revoked at");
    }

    function test_Refuses_an_institution_that_would_accredit_itself_through_another() external {
        refusesController(CONTROLLER);
    }

    function test_Refuses_the_operator_of_the_accreditor() external {
        refusesController(SECOND_OPERATOR);
    }

    function testFuzz_Refuses_every_account_but_the_controller_of_the_accreditor(address account) external {
        vm.assume(account != STRANGER);
        refusesController(account);
    }

    function refusesController(address account) private {
        bytes memory refusal = abi.encodeWithSelector(IInstitutions.NotController.selector, _agency, account);
        refused(refusal);
        vm.prank(account);
        registry.accredit(_agency, institution, IDENTITY, 0, 0, 0, 1);

        accredit(_agency, institution, IDENTITY, 1, 0, 0, 1);
        refused(refusal);
        vm.prank(account);
        registry.revokeAccreditation(_agency, institution, IDENTITY, 1);
        vm.assertEq(registry.accreditationOf(_accreditation).from, 0, "not accredited");
    }

    function revoke(address account) private {
        vm.prank(account);
        registry.revokeAccreditation(_agency, institution, IDENTITY, 0);
    }
}
