// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CredentialRegistry} from "../src/CredentialRegistry.sol";
import {ICredentialRegistry} from "../src/ICredentialRegistry.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

contract CredentialRegistryTest is RegistryTest {
    bytes32 private constant ROOT = keccak256("root");
    bytes16 private constant HANDLE = bytes16(keccak256("handle"));

    function setUp() public override {
        super.setUp();
        vm.prank(OPERATOR);
        registry.anchor(institution, ROOT);
        later(120);
        vm.prank(OPERATOR);
        registry.revoke(institution, HANDLE);
    }

    function test_Answers_a_verification_in_one_call() external view {
        assertRecord(institution, ROOT, HANDLE, ICredentialRegistry.Record(CONTROLLER, NOON, HEIGHT, NOON + 120));
    }

    function test_Answers_in_four_words() external view {
        bytes memory question = abi.encodeCall(registry.lookup, (institution, ROOT, HANDLE));
        (bool answered, bytes memory answer) = address(registry).staticcall(question);
        bytes memory words = bytes.concat(
            bytes32(uint256(uint160(CONTROLLER))),
            bytes32(uint256(NOON)),
            bytes32(uint256(HEIGHT)),
            bytes32(uint256(NOON + 120))
        );
        vm.assertTrue(answered, "answered");
        vm.assertEq(answer, words, "answer");
    }

    function test_Says_neither_anchored_nor_revoked_of_another_root_and_handle() external view {
        assertRecord(
            institution,
            keccak256("another"),
            bytes16(keccak256("another")),
            ICredentialRegistry.Record(CONTROLLER, 0, 0, 0)
        );
    }

    function test_Says_neither_anchored_nor_revoked_where_nothing_was_asked() external view {
        assertRecord(institution, 0, 0, ICredentialRegistry.Record(CONTROLLER, 0, 0, 0));
    }

    function test_Says_nothing_of_an_institution_that_does_not_exist() external view {
        assertRecord(keccak256("nowhere"), ROOT, HANDLE, ICredentialRegistry.Record(address(0), 0, 0, 0));
    }

    function test_Says_nothing_of_one_institution_when_asked_about_another() external {
        assertRecord(anotherInstitution(), ROOT, HANDLE, ICredentialRegistry.Record(STRANGER, 0, 0, 0));
    }

    function test_Deploys_the_same_code_for_every_deployer() external {
        vm.prank(STRANGER);
        bytes32 codeHash = address(new CredentialRegistry()).codehash;
        vm.assertEq(codeHash, address(registry).codehash, "code hash");
        vm.assertEq(codeHash, keccak256(type(CredentialRegistry).runtimeCode), "runtime code");
    }

    function test_Refuses_ether() external {
        (bool accepted,) = address(registry).call{value: 1}("");
        vm.assertTrue(!accepted, "a plain transfer");
        (accepted,) = address(registry).call{value: 1}(abi.encodeCall(registry.createInstitution, (1, address(0))));
        vm.assertTrue(!accepted, "a payment with a call");
    }

    function test_Refuses_a_call_of_what_it_does_not_have() external {
        (bool accepted,) = address(registry).call(abi.encodeWithSignature("owner()"));
        vm.assertTrue(!accepted, "no owner");
    }

    function assertRecord(bytes32 id, bytes32 root, bytes16 handle, ICredentialRegistry.Record memory expected)
        private
        view
    {
        vm.assertEq(abi.encode(registry.lookup(id, root, handle)), abi.encode(expected), "record");
    }
}
