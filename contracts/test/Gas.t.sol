// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICredentialRegistry} from "../src/ICredentialRegistry.sol";
import {ISigningKeys} from "../src/ISigningKeys.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

/// @notice What an account pays for a whole transaction: base fee of 21,000, calldata and execution, first write of the
/// slot. Isolation makes each call such a transaction. The figures are in snapshots/, the budgets are here.
contract GasTest is RegistryTest {
    uint256 private constant BUDGET = 55_000;
    bytes32 private constant ROOT = hex"a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0";
    bytes16 private constant HANDLE = hex"a1a2a3a4a5a6a7a8a9aaabacadaeafb0";
    bytes32 private constant IDENTITY = hex"d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0";
    bytes private constant ED25519 = hex"ed01" hex"a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0";

    function setUp() public override {
        super.setUp();
        noZeroByte(institution);
    }

    function test_Anchors_within_the_budget() external {
        anchor(OPERATOR, institution, ROOT);
        vm.assertLe(measured("anchor"), BUDGET, "anchor");
    }

    /// @dev The root is one word, whatever the batch: these are roots of trees of RFC 9162 with that many leaves.
    function test_Anchors_a_batch_of_a_million_for_the_price_of_one() external {
        uint256[3] memory gas = [
            anchored(1, "anchor a batch of 1"),
            anchored(1_000, "anchor a batch of 1,000"),
            anchored(1_000_000, "anchor a batch of 1,000,000")
        ];
        vm.assertEq(gas[1], gas[0], "1,000");
        vm.assertEq(gas[2], gas[0], "1,000,000");
        vm.assertLe(gas[2], BUDGET, "a million: not 0.06 gas a diploma");
    }

    function test_Revokes_within_the_budget() external {
        vm.prank(OPERATOR);
        registry.revoke(institution, HANDLE);
        vm.assertLe(measured("revoke"), BUDGET, "revoke");
    }

    function test_Distrusts_a_root() external {
        anchor(OPERATOR, institution, ROOT);
        vm.prank(CONTROLLER);
        registry.distrustRoot(institution, ROOT);
        vm.assertLe(measured("distrustRoot"), BUDGET, "distrust");
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

    function test_Adds_and_revokes_keys() external {
        bytes32 key = addKey(institution, METHOD, P256, NOON);
        measured("addKey P-256 (35 bytes)");
        addKey(institution, "did:web:university.example#key-2", ED25519, NOON);
        measured("addKey Ed25519 (34 bytes)");
        vm.prank(CONTROLLER);
        registry.revokeKey(institution, key, ISigningKeys.Reason.Retired);
        measured("revokeKey");
    }

    function test_Takes_identities_and_a_successor() external {
        bytes32 heir = anotherInstitution();
        setIdentity(institution, IDENTITY);
        measured("setIdentity, the first");
        setIdentity(institution, ~IDENTITY);
        measured("setIdentity, another");

        vm.prank(CONTROLLER);
        registry.proposeSuccessor(institution, heir);
        measured("proposeSuccessor");
        vm.prank(STRANGER);
        registry.acceptSuccession(institution, heir);
        measured("acceptSuccession");
    }

    function test_Accredits_and_revokes_an_accreditation() external {
        bytes32 agency = anotherInstitution();
        accredit(agency, institution, IDENTITY, 0, NOON, NOON + 157_784_760, 0x1c0);
        measured("accredit");
        vm.prank(STRANGER);
        registry.revokeAccreditation(agency, institution, IDENTITY, 0);
        measured("revokeAccreditation");
    }

    /// @dev A view: nobody pays for it, but nodes cap the gas of a call.
    function test_Answers_a_verification_with_a_path_of_three() external {
        (bytes32 agency, bytes32 ministry) = (anotherInstitution(), institutionOf(CANDIDATE));
        bytes32 key = addKey(institution, METHOD, P256, NOON);
        setIdentity(institution, IDENTITY);
        setIdentity(agency, IDENTITY);
        accredit(agency, institution, IDENTITY, 0, NOON, 0, 0x1c0);
        accredit(ministry, agency, IDENTITY, 0, NOON, 0, 1 << 63);
        accredit(agency, ministry, IDENTITY, 0, NOON, 0, 1 << 63);
        anchor(OPERATOR, institution, ROOT);

        ICredentialRegistry.Link[] memory path = new ICredentialRegistry.Link[](3);
        path[0] = ICredentialRegistry.Link(agency, institution, IDENTITY, 0);
        path[1] = ICredentialRegistry.Link(ministry, agency, IDENTITY, 0);
        path[2] = ICredentialRegistry.Link(agency, ministry, IDENTITY, 0);
        registry.lookup(ICredentialRegistry.Query(institution, ROOT, HANDLE, key, IDENTITY, path));
        measured("lookup with a path of 3 (a view)");
    }

    function anchored(uint256 batch, string memory name) private returns (uint256 gas) {
        bytes32 root = rootOfEqualLeaves(batch);
        noZeroByte(root);
        anchor(OPERATOR, institution, root);
        return measured(name);
    }

    /// @dev RFC 9162, 2.1.1: split at the largest power of two below the size. The digests of a batch differ in truth; equal
    /// ones give a tree of the same shape, whose root takes forty hashes and not two million.
    function rootOfEqualLeaves(uint256 size) private pure returns (bytes32) {
        if (size == 1) return sha256(bytes.concat(hex"00", IDENTITY));
        uint256 left = 1;
        while (left * 2 < size) left *= 2;
        bytes32 leftRoot = rootOfEqualLeaves(left);
        bytes32 rightRoot = left * 2 == size ? leftRoot : rootOfEqualLeaves(size - left);
        return sha256(bytes.concat(hex"01", leftRoot, rightRoot));
    }

    function noZeroByte(bytes32 word) private pure {
        for (uint256 i = 0; i < 32; i++) {
            vm.assertTrue(word[i] != 0, "a zero byte costs 12 gas less: choose another word");
        }
    }

    function measured(string memory name) private returns (uint256 gas) {
        return vm.snapshotGasLastCall("CredentialRegistry", name);
    }
}
