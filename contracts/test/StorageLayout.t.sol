// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

/// @notice The slots that state proofs read, each worked out by hand as a prover does it, from the layout in README.md.
contract StorageLayoutTest is RegistryTest {
    bytes32 private constant ROOT = keccak256("root");
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

    function test_Keeps_nothing_outside_its_mappings() external view {
        for (uint256 i = 0; i < 8; i++) {
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
