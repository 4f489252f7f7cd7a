// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CredentialRegistry} from "../src/CredentialRegistry.sol";
import {vm} from "./Test.sol";

/// @notice A registry with one institution, its controller, one operator, and a stranger.
abstract contract RegistryTest {
    address internal constant CONTROLLER = address(0xC0C0);
    address internal constant OPERATOR = address(0x0909);
    address internal constant SECOND_OPERATOR = address(0x0A0A);
    address internal constant CANDIDATE = address(0xCACA);
    address internal constant STRANGER = address(0x5757);
    uint256 internal constant NONCE = 2026;
    uint64 internal constant NOON = 1_800_000_000;
    uint64 internal constant HEIGHT = 25_000_000;

    CredentialRegistry internal registry;
    bytes32 internal institution;

    function setUp() public virtual {
        vm.warp(NOON);
        vm.roll(HEIGHT);
        registry = new CredentialRegistry();
        vm.prank(CONTROLLER);
        institution = registry.createInstitution(NONCE, OPERATOR);
    }

    /// @dev Another institution, of the stranger, with an operator of its own.
    function anotherInstitution() internal returns (bytes32 other) {
        vm.prank(STRANGER);
        return registry.createInstitution(NONCE, SECOND_OPERATOR);
    }

    function removeOperator() internal {
        vm.prank(CONTROLLER);
        registry.removeOperator(institution, OPERATOR);
    }

    /// @dev A block every twelve seconds.
    function later(uint64 seconds_) internal {
        vm.warp(NOON + seconds_);
        vm.roll(HEIGHT + seconds_ / 12);
    }

    /// @dev The next call is refused with exactly this error.
    function refused(bytes memory refusal) internal {
        vm.expectRevert(refusal);
    }

    /// @dev The next call emits exactly the event that the next line emits.
    function announced() internal {
        vm.expectEmit(address(registry));
    }
}
