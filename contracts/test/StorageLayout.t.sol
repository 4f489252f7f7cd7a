// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISigningKeys} from "../src/ISigningKeys.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

/// @notice The slots that state proofs read, each worked out by hand as a prover does it, from the layout in README.md.
contract StorageLayoutTest is RegistryTest {
    bytes32 private constant ROOT = keccak256("root");
    bytes32 private constant IDENTITY = keccak256("identity");
    bytes32 private constant NEXT = keccak256("next");
    bytes16 private constant HANDLE = 0x0102030405060708090a0b0c0d0e0f10;

    function test_Keeps_controller_candidate_and_operators_below_slot_0() external {
        vm.prank(CONTROLLER);
        registry.proposeController(institution, CANDIDATE);

        uint256 base = uint256(slot(institution, 0));
        vm.assertEq(read(bytes32(base)), word(CONTROLLER), "controller");
        vm.assertEq(read(bytes32(base + 1)), word(CANDIDATE), "candidate");
        vm.assertEq(read(slot(word(OPERATOR), base + 2)), bytes32(uint256(1)), "operator");
        vm.assertEq(read(slot(word(STRANGER), base + 2)), 0, "no operator");
    }

    function test_Keeps_an_anchor_in_one_word_below_slot_1() external {
        vm.prank(OPERATOR);
        registry.anchor(institution, ROOT);

        bytes32 expected = bytes32(uint256(HEIGHT) << 64 | NOON);
        vm.assertEq(read(slot(ROOT, uint256(slot(institution, 1)))), expected, "anchor");
    }

    function test_Keeps_a_revocation_in_one_word_below_slot_2() external {
        vm.prank(OPERATOR);
        registry.revoke(institution, HANDLE);

        // bytes16 fills its word from the left, unlike numbers and addresses.
        bytes32 key = 0x0102030405060708090a0b0c0d0e0f1000000000000000000000000000000000;
        vm.assertEq(read(slot(key, uint256(slot(institution, 2)))), bytes32(uint256(NOON)), "revocation");
    }

    function test_Keeps_the_distrust_of_a_root_in_the_word_of_its_anchor() external {
        anchor(OPERATOR, institution, ROOT);
        later(60);
        vm.prank(CONTROLLER);
        registry.distrustRoot(institution, ROOT);

        bytes32 expected = bytes32(uint256(NOON + 60) << 128 | uint256(HEIGHT) << 64 | NOON);
        vm.assertEq(read(slot(ROOT, uint256(slot(institution, 1)))), expected, "anchor");
    }

    function test_Keeps_the_times_of_a_key_in_one_word_below_slot_3_and_its_bytes_behind() external {
        bytes32 key = addKey(institution, METHOD, P256, NOON + 60);
        later(120);
        vm.prank(CONTROLLER);
        registry.revokeKey(institution, key, ISigningKeys.Reason.Compromised);

        uint256 base = uint256(slot(key, uint256(slot(institution, 3))));
        bytes32 times = bytes32(uint256(2) << 128 | uint256(NOON + 120) << 64 | (NOON + 60));
        vm.assertEq(read(bytes32(base)), times, "times and reason");
        vm.assertEq(read(bytes32(base + 1)), bytes32(uint256(35 * 2 + 1)), "length");
        uint256 data = uint256(keccak256(abi.encode(base + 1)));
        bytes32 head = 0x802403a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbd;
        bytes32 tail = 0xbebfc00000000000000000000000000000000000000000000000000000000000;
        vm.assertEq(read(bytes32(data)), head, "the first 32 bytes");
        vm.assertEq(read(bytes32(data + 1)), tail, "the others, from the left");
        vm.assertEq(read(bytes32(data + 2)), 0, "no more");
    }

    function test_Keeps_a_key_of_31_bytes_in_one_word_with_its_length_and_one_of_32_apart() external {
        bytes memory short = hex"0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        bytes32 key = addKey(institution, METHOD, short, 0);
        uint256 base = uint256(slot(key, uint256(slot(institution, 3))));
        vm.assertEq(read(bytes32(base + 1)), bytes32(bytes.concat(short, hex"3e")), "31 bytes");

        key = addKey(institution, "another", bytes.concat(short, hex"20"), 0);
        base = uint256(slot(key, uint256(slot(institution, 3))));
        vm.assertEq(read(bytes32(base + 1)), bytes32(uint256(65)), "length");
        vm.assertEq(read(keccak256(abi.encode(base + 1))), bytes32(bytes.concat(short, hex"20")), "32 bytes");
    }

    function test_Keeps_the_periods_of_identities_below_slot_4_and_the_current_one_below_slot_5() external {
        setIdentity(institution, IDENTITY);
        later(60);
        setIdentity(institution, NEXT);

        uint256 periods = uint256(slot(institution, 4));
        vm.assertEq(read(slot(IDENTITY, periods)), bytes32(uint256(NOON + 60) << 64 | NOON), "the first");
        vm.assertEq(read(slot(NEXT, periods)), bytes32(uint256(NOON + 60)), "the second");
        vm.assertEq(read(slot(institution, 5)), NEXT, "the current one");
    }

    function test_Keeps_the_succession_in_two_words_below_slot_6_and_the_offer_below_slot_7() external {
        bytes32 heir = anotherInstitution();
        vm.prank(CONTROLLER);
        registry.proposeSuccessor(institution, heir);
        vm.assertEq(read(slot(institution, 7)), heir, "offer");

        vm.prank(STRANGER);
        registry.acceptSuccession(institution, heir);
        uint256 base = uint256(slot(institution, 6));
        vm.assertEq(read(bytes32(base)), heir, "successor");
        vm.assertEq(read(bytes32(base + 1)), bytes32(uint256(NOON)), "since");
        vm.assertEq(read(slot(institution, 7)), 0, "the offer is used up");
    }

    function test_Keeps_an_accreditation_in_one_word_below_slot_8() external {
        bytes32 agency = anotherInstitution();
        accredit(agency, institution, IDENTITY, 7, NOON + 30, NOON + 3600, 0x80000000000001fe);
        later(60);
        vm.prank(STRANGER);
        registry.revokeAccreditation(agency, institution, IDENTITY, 7);

        bytes32 id = keccak256(bytes.concat(agency, institution, IDENTITY, bytes32(uint256(7))));
        uint256 times = uint256(NOON + 60) << 128 | uint256(NOON + 3600) << 64 | (NOON + 30);
        vm.assertEq(read(slot(id, 8)), bytes32(uint256(0x80000000000001fe) << 192 | times), "accreditation");
    }

    function test_Keeps_nothing_outside_its_mappings() external {
        bytes32 heir = anotherInstitution();
        addKey(institution, METHOD, P256, 0);
        setIdentity(institution, IDENTITY);
        accredit(heir, institution, IDENTITY, 0, 0, 0, 1);
        succeed(institution, heir);
        for (uint256 i = 0; i < 16; i++) {
            vm.assertEq(read(bytes32(i)), 0, "a top-level slot");
        }
    }

    function slot(bytes32 key, uint256 mappingSlot) private pure returns (bytes32) {
        return keccak256(bytes.concat(key, bytes32(mappingSlot)));
    }

    function word(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }

    function read(bytes32 where) private view returns (bytes32) {
        return vm.load(address(registry), where);
    }
}
