// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccreditations} from "../src/IAccreditations.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

contract AccreditationsTest is RegistryTest {
    bytes32 private constant IDENTITY = keccak256("identity");
    uint64 private constant BACHELORS = 1 << 6;

    bytes32 private _agency;

    function setUp() public override {
        super.setUp();
        _agency = anotherInstitution();
        setIdentity(institution, IDENTITY);
    }

    function test_Vouches_for_an_institution_and_its_identity() external {
        later(60);
        announced();
        emit IAccreditations.Accredited(_agency, institution, IDENTITY, 1, NOON + 90, NOON + 120, BACHELORS);
        accredit(_agency, institution, IDENTITY, 1, NOON + 90, NOON + 120, BACHELORS);
        assertAccreditation(1, IAccreditations.Accreditation(NOON + 90, NOON + 120, 0, BACHELORS));
    }

    function test_Names_an_accreditation_by_all_that_it_is_about() external view {
        bytes32 expected = keccak256(abi.encode(_agency, institution, IDENTITY, uint64(1)));
        vm.assertEq(registry.accreditationId(_agency, institution, IDENTITY, 1), expected, "id");
        vm.assertTrue(registry.accreditationId(institution, _agency, IDENTITY, 1) != expected, "the other way round");
    }

    function test_Counts_one_that_is_said_to_be_older_from_its_block_on() external {
        announced();
        emit IAccreditations.Accredited(_agency, institution, IDENTITY, 0, NOON, 0, BACHELORS);
        accredit(_agency, institution, IDENTITY, 0, NOON - 86_400, 0, BACHELORS);
        vm.assertTrue(!accreditedAt(0, NOON - 1), "nothing is retroactive");
        vm.assertTrue(accreditedAt(0, NOON), "from now");
    }

    function testFuzz_Vouches_from_the_second_said_until_its_end_or_revocation(
        uint64 from,
        uint64 until,
        uint32 delay,
        uint64 time
    ) external {
        uint64 begin = from < NOON ? NOON : from;
        vm.assume(until == 0 || begin < until);
        vm.assertTrue(!accreditedAt(0, time), "before it was given");
        accredit(_agency, institution, IDENTITY, 0, from, until, BACHELORS);
        uint64 end = until == 0 ? type(uint64).max : until;
        vm.assertTrue(!accreditedAt(0, begin - 1), "the second before");
        vm.assertTrue(accreditedAt(0, begin), "the very second");
        vm.assertTrue(accreditedAt(0, end - 1) == (begin < end), "the last second");
        vm.assertTrue(accreditedAt(0, end) == (until == 0), "the second of the end");
        vm.assertTrue(accreditedAt(0, time) == (time >= begin && (until == 0 || time < until)), "any second");

        later(delay);
        revoke(_agency, 0);
        uint64 revoked = NOON + delay;
        bool still = time >= begin && (until == 0 || time < until) && time < revoked;
        vm.assertTrue(accreditedAt(0, time) == still, "any second");
        vm.assertTrue(!accreditedAt(0, revoked), "the second of the revocation");
        vm.assertTrue(accreditedAt(0, revoked - 1) == (begin < revoked && revoked <= end), "the second before it");
    }

    function test_Covers_the_institution_no_longer_once_it_has_another_identity() external {
        accredit(_agency, institution, IDENTITY, 0, 0, 0, BACHELORS);
        later(60);
        setIdentity(institution, keccak256("next"));
        vm.assertTrue(accreditedAt(0, NOON + 59), "the last second");
        vm.assertTrue(!accreditedAt(0, NOON + 60), "the second of the change");
    }

    function test_Covers_no_time_before_the_institution_took_the_identity() external {
        bytes32 next = keccak256("next");
        accredit(_agency, institution, next, 0, 0, 0, BACHELORS);
        vm.assertTrue(!registry.isAccreditedAt(_agency, institution, next, 0, NOON), "not yet");
        later(60);
        setIdentity(institution, next);
        vm.assertTrue(!registry.isAccreditedAt(_agency, institution, next, 0, NOON + 59), "the second before");
        vm.assertTrue(registry.isAccreditedAt(_agency, institution, next, 0, NOON + 60), "the very second");
    }

    function test_Renews_under_the_next_serial_and_keeps_each_apart() external {
        accredit(_agency, institution, IDENTITY, 0, 0, NOON + 60, BACHELORS);
        accredit(_agency, institution, IDENTITY, 1, NOON + 60, NOON + 120, BACHELORS);
        revoke(_agency, 1);
        vm.assertTrue(accreditedAt(0, NOON + 59), "the first still counts");
        vm.assertTrue(!accreditedAt(1, NOON + 60), "the second does not");
    }

    function test_Revokes_for_good_as_of_the_block() external {
        accredit(_agency, institution, IDENTITY, 0, 0, 0, BACHELORS);
        later(60);
        announced();
        emit IAccreditations.AccreditationRevoked(
            _agency, keccak256(abi.encode(_agency, institution, IDENTITY, uint64(0)))
        );
        revoke(_agency, 0);
        assertAccreditation(0, IAccreditations.Accreditation(NOON, 0, NOON + 60, BACHELORS));
    }

    function test_Gives_no_weight_to_what_another_accreditor_says() external {
        bytes32 mill = institutionOf(CANDIDATE);
        accredit(mill, institution, IDENTITY, 0, 0, 0, BACHELORS);
        vm.assertTrue(!accreditedAt(0, NOON), "the agency said nothing");
        assertAccreditation(0, IAccreditations.Accreditation(0, 0, 0, 0));
    }

    function revoke(bytes32 accreditor, uint64 serial) private {
        vm.prank(creatorOf(accreditor));
        registry.revokeAccreditation(accreditor, institution, IDENTITY, serial);
    }

    function accreditedAt(uint64 serial, uint64 time) private view returns (bool) {
        return registry.isAccreditedAt(_agency, institution, IDENTITY, serial, time);
    }

    function assertAccreditation(uint64 serial, IAccreditations.Accreditation memory expected) private view {
        bytes32 id = registry.accreditationId(_agency, institution, IDENTITY, serial);
        vm.assertEq(abi.encode(registry.accreditationOf(id)), abi.encode(expected), "accreditation");
    }
}
