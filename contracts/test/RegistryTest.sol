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
    string internal constant METHOD = "did:web:university.example#key-1";
    bytes internal constant P256 = hex"8024" hex"03a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0";

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
        return institutionOf(STRANGER);
    }

    function institutionOf(address creator) internal returns (bytes32) {
        vm.prank(creator);
        return registry.createInstitution(NONCE, SECOND_OPERATOR);
    }

    function anchor(address account, bytes32 id, bytes32 root) internal {
        vm.prank(account);
        registry.anchor(id, root);
    }

    function addKey(bytes32 id, string memory method, bytes memory multikey, uint64 validFrom)
        internal
        returns (bytes32 key)
    {
        vm.prank(creatorOf(id));
        registry.addKey(id, method, multikey, validFrom);
        return keccak256(bytes(method));
    }

    function setIdentity(bytes32 id, bytes32 identity) internal {
        vm.prank(creatorOf(id));
        registry.setIdentity(id, identity);
    }

    function accredit(
        bytes32 accreditor,
        bytes32 id,
        bytes32 identity,
        uint64 serial,
        uint64 from,
        uint64 until,
        uint64 scope
    ) internal {
        vm.prank(creatorOf(accreditor));
        registry.accredit(accreditor, id, identity, serial, from, until, scope);
    }

    function succeed(bytes32 id, bytes32 successor) internal {
        vm.prank(creatorOf(id));
        registry.proposeSuccessor(id, successor);
        vm.prank(creatorOf(successor));
        registry.acceptSuccession(id, successor);
    }

    /// @dev Who created an institution of these tests. No call, so that it may stand between an expectation and the call.
    function creatorOf(bytes32 id) internal pure returns (address) {
        address[3] memory creators = [CONTROLLER, STRANGER, CANDIDATE];
        for (uint256 i = 0; i < creators.length; i++) {
            if (keccak256(abi.encode(creators[i], NONCE)) == id) return creators[i];
        }
        return address(0xDEAD);
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
