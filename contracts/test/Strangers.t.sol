// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICredentialRegistry} from "../src/ICredentialRegistry.sol";
import {ISigningKeys} from "../src/ISigningKeys.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

/// @notice Without any model: whatever a stranger does, in its own name or in another's, the whole answer about another
/// institution, its key, its root, its credential and its accreditation stays the same to the last bit.
contract StrangersTest is RegistryTest {
    bytes32 private constant ROOT = keccak256("root");
    bytes16 private constant HANDLE = bytes16(keccak256("handle"));
    bytes32 private constant IDENTITY = keccak256("identity");
    uint64 private constant ATTEMPTS = 40;

    bytes32 private _ministry;
    bytes32 private _mill;
    bytes32 private _key;

    function setUp() public override {
        super.setUp();
        (_ministry, _mill) = (institutionOf(CANDIDATE), institutionOf(STRANGER));
        _key = addKey(institution, METHOD, P256, 0);
        setIdentity(institution, IDENTITY);
        anchor(OPERATOR, institution, ROOT);
        accredit(_ministry, institution, IDENTITY, 0, 0, 0, 1);
    }

    /// forge-config: soak.fuzz.runs = 5000
    function testFuzz_Changes_no_answer_about_another_institution(uint256 seed) external {
        bytes memory before = answer();
        play(seed, ATTEMPTS);
        vm.assertEq(answer(), before, "a stranger changed an answer");
    }

    /// @dev Guards the other: it would hold as well if every action were refused.
    function test_A_stranger_may_do_all_of_it_in_its_own_name() external {
        vm.assertTrue(play(2026, 500) > 20, "hardly anything was accepted: this tries nothing");
    }

    function play(uint256 seed, uint64 attempts) private returns (uint256 accepted) {
        for (uint64 i = 0; i < attempts; i++) {
            later(i);
            vm.prank(STRANGER);
            (bool done,) = address(registry).call(action(chance(seed, i)));
            if (done) accepted++;
        }
    }

    /// @dev Any function, in the name of the mill, of the university or of the ministry, about any of them.
    function action(uint256 dice) private view returns (bytes memory) {
        (bytes32 id, bytes32 about) = (one(dice >> 8), one(dice >> 16));
        uint256 choice = dice % 15;
        if (choice == 0) return abi.encodeCall(registry.proposeController, (id, STRANGER));
        if (choice == 1) return abi.encodeCall(registry.acceptController, (id));
        if (choice == 2) return abi.encodeCall(registry.addOperator, (id, STRANGER));
        if (choice == 3) return abi.encodeCall(registry.removeOperator, (id, OPERATOR));
        if (choice == 4) return abi.encodeCall(registry.anchor, (id, ROOT));
        if (choice == 5) return abi.encodeCall(registry.distrustRoot, (id, ROOT));
        if (choice == 6) return abi.encodeCall(registry.revoke, (id, HANDLE));
        if (choice == 7) return abi.encodeCall(registry.addKey, (id, METHOD, hex"00", 0));
        if (choice == 8) return abi.encodeCall(registry.revokeKey, (id, _key, ISigningKeys.Reason.Compromised));
        if (choice == 9) return abi.encodeCall(registry.setIdentity, (id, bytes32(dice)));
        if (choice == 10) return abi.encodeCall(registry.proposeSuccessor, (id, about));
        if (choice == 11) return abi.encodeCall(registry.acceptSuccession, (about, id));
        if (choice == 12) {
            return
                abi.encodeCall(registry.accredit, (id, about, IDENTITY, [uint64(0), 1, 2][(dice >> 32) % 3], 0, 0, 1));
        }
        if (choice == 13) return abi.encodeCall(registry.revokeAccreditation, (id, about, IDENTITY, 0));
        return abi.encodeCall(registry.createInstitution, (NONCE + dice % 2, STRANGER));
    }

    function one(uint256 dice) private view returns (bytes32) {
        return [_mill, institution, _ministry][dice % 3];
    }

    function answer() private view returns (bytes memory) {
        ICredentialRegistry.Link[] memory path = new ICredentialRegistry.Link[](1);
        path[0] = ICredentialRegistry.Link(_ministry, institution, IDENTITY, 0);
        bytes32 proposed = registry.proposedSuccessorOf(institution);
        address pending = registry.pendingControllerOf(institution);
        bool operator = registry.isOperator(institution, OPERATOR) && !registry.isOperator(institution, STRANGER);
        return abi.encode(
            registry.lookup(ICredentialRegistry.Query(institution, ROOT, HANDLE, _key, IDENTITY, path)),
            proposed,
            pending,
            operator
        );
    }

    function chance(uint256 seed, uint256 n) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, n)));
    }
}
