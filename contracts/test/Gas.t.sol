// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

/// @notice What an account pays for a whole transaction: base fee of 21,000, calldata and execution, first write of the
/// slot. Isolation makes each call such a transaction. The figures are in snapshots/, the budgets are here.
contract GasTest is RegistryTest {
    uint256 private constant BUDGET = 55_000;
    bytes32 private constant ROOT = hex"a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0";
    bytes16 private constant HANDLE = hex"a1a2a3a4a5a6a7a8a9aaabacadaeafb0";

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < 32; i++) {
            vm.assertTrue(institution[i] != 0, "a zero byte in the id costs 12 gas less: choose another NONCE");
        }
    }

    function test_Anchors_within_the_budget() external {
        vm.prank(OPERATOR);
        registry.anchor(institution, ROOT);
        vm.assertLe(measured("anchor"), BUDGET, "anchor");
    }

    function test_Revokes_within_the_budget() external {
        vm.prank(OPERATOR);
        registry.revoke(institution, HANDLE);
        vm.assertLe(measured("revoke"), BUDGET, "revoke");
    }

    function test_Creates_an_institution_and_manages_it() external {
        vm.prank(STRANGER);
        registry.createInstitution(NONCE, OPERATOR);
        measured("createInstitution with an operator");

        vm.prank(CONTROLLER);
        registry.addOperator(institution, SECOND_OPERATOR);
        measured("addOperator");

        vm.prank(CONTROLLER);
        registry.removeOperator(institution, SECOND_OPERATOR);
        measured("removeOperator");

        vm.prank(CONTROLLER);
        registry.proposeController(institution, CANDIDATE);
        measured("proposeController");

        vm.prank(CANDIDATE);
        registry.acceptController(institution);
        measured("acceptController");
    }

    function measured(string memory name) private returns (uint256 gas) {
        return vm.snapshotGasLastCall("CredentialRegistry", name);
    }
}
