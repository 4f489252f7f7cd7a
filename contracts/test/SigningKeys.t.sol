// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInstitutions} from "../src/IInstitutions.sol";
import {ISigningKeys} from "../src/ISigningKeys.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

contract SigningKeysTest is RegistryTest {
    bytes32 private constant KEY = keccak256("did:web:university.example#key-1");

    function test_Adds_a_key_under_the_hash_of_its_name() external {
        vm.assertEq(registry.keyId(METHOD), KEY, "id");
        announced();
        emit ISigningKeys.KeyAdded(institution, KEY, METHOD, P256, NOON);
        addKey(institution, METHOD, P256, NOON);
        assertKey(institution, ISigningKeys.SigningKey(NOON, 0, ISigningKeys.Reason.None, P256));
    }

    function test_Counts_a_key_that_is_said_to_be_older_from_its_block_on() external {
        announced();
        emit ISigningKeys.KeyAdded(institution, KEY, METHOD, P256, NOON);
        addKey(institution, METHOD, P256, NOON - 86_400);
        vm.assertTrue(!registry.isKeyGoodAt(institution, KEY, NOON - 1), "nothing is retroactive");
        vm.assertTrue(registry.isKeyGoodAt(institution, KEY, NOON), "from now");
    }

    function testFuzz_Counts_a_key_from_the_second_said_until_the_second_of_its_revocation(
        uint64 validFrom,
        uint32 delay,
        uint64 time,
        bool stolen
    ) external {
        vm.assertTrue(!registry.isKeyGoodAt(institution, KEY, time), "before it was added");
        addKey(institution, METHOD, P256, validFrom);
        uint64 begin = validFrom < NOON ? NOON : validFrom;
        vm.assertTrue(!registry.isKeyGoodAt(institution, KEY, begin - 1), "the second before");
        vm.assertTrue(registry.isKeyGoodAt(institution, KEY, begin), "the very second");
        vm.assertTrue(registry.isKeyGoodAt(institution, KEY, time) == (time >= begin), "any second");

        later(delay);
        revokeKey(institution, KEY, stolen ? ISigningKeys.Reason.Compromised : ISigningKeys.Reason.Retired);
        uint64 end = NOON + delay;
        vm.assertTrue(registry.isKeyGoodAt(institution, KEY, end - 1) == (begin < end), "the last second");
        vm.assertTrue(!registry.isKeyGoodAt(institution, KEY, end), "the second of the revocation");
        vm.assertTrue(registry.isKeyGoodAt(institution, KEY, time) == (time >= begin && time < end), "any second");
    }

    function test_Revokes_a_key_with_its_reason_and_keeps_its_bytes() external {
        addKey(institution, METHOD, P256, 0);
        later(60);
        announced();
        emit ISigningKeys.KeyRevoked(institution, KEY, ISigningKeys.Reason.Retired);
        revokeKey(institution, KEY, ISigningKeys.Reason.Retired);
        assertKey(institution, ISigningKeys.SigningKey(NOON, NOON + 60, ISigningKeys.Reason.Retired, P256));
    }

    function test_Keeps_the_keys_of_institutions_apart_though_they_have_one_name() external {
        bytes32 other = anotherInstitution();
        addKey(institution, METHOD, P256, 0);
        assertKey(other, ISigningKeys.SigningKey(0, 0, ISigningKeys.Reason.None, ""));
        addKey(other, METHOD, hex"01", 0);
        revokeKey(other, KEY, ISigningKeys.Reason.Compromised);
        assertKey(institution, ISigningKeys.SigningKey(NOON, 0, ISigningKeys.Reason.None, P256));
    }

    function testFuzz_Keeps_a_key_of_1_to_128_bytes(bytes32[4] calldata random, uint256 length) external {
        bytes memory multikey = cut(bytes.concat(random[0], random[1], random[2], random[3]), 1 + length % 128);
        addKey(institution, METHOD, multikey, 0);
        assertKey(institution, ISigningKeys.SigningKey(NOON, 0, ISigningKeys.Reason.None, multikey));
    }

    function test_Refuses_a_key_of_no_bytes_and_one_of_129() external {
        refused(abi.encodeWithSelector(ISigningKeys.BadKeyLength.selector, 0));
        addKey(institution, METHOD, "", 0);
        refused(abi.encodeWithSelector(ISigningKeys.BadKeyLength.selector, 129));
        addKey(institution, METHOD, new bytes(129), 0);
    }

    function test_Refuses_another_key_under_a_name_that_is_taken() external {
        addKey(institution, METHOD, P256, 0);
        refused(abi.encodeWithSelector(ISigningKeys.KeyExists.selector, institution, KEY));
        addKey(institution, METHOD, hex"01", 0);
    }

    function test_Refuses_to_bring_back_a_key_that_was_revoked() external {
        addKey(institution, METHOD, P256, 0);
        revokeKey(institution, KEY, ISigningKeys.Reason.Retired);
        refused(abi.encodeWithSelector(ISigningKeys.KeyExists.selector, institution, KEY));
        addKey(institution, METHOD, P256, 0);
    }

    function test_Refuses_to_revoke_twice_and_keeps_the_first_time_and_reason() external {
        addKey(institution, METHOD, P256, 0);
        revokeKey(institution, KEY, ISigningKeys.Reason.Retired);
        later(60);
        refused(abi.encodeWithSelector(ISigningKeys.KeyAlreadyRevoked.selector, institution, KEY));
        revokeKey(institution, KEY, ISigningKeys.Reason.Compromised);
        assertKey(institution, ISigningKeys.SigningKey(NOON, NOON, ISigningKeys.Reason.Retired, P256));
    }

    function test_Refuses_to_revoke_a_key_that_was_never_added() external {
        refused(abi.encodeWithSelector(ISigningKeys.UnknownKey.selector, institution, KEY));
        revokeKey(institution, KEY, ISigningKeys.Reason.Retired);
    }

    function test_Refuses_a_revocation_without_a_reason_or_for_an_unknown_one() external {
        addKey(institution, METHOD, P256, 0);
        refused(abi.encodeWithSelector(ISigningKeys.NoReason.selector));
        revokeKey(institution, KEY, ISigningKeys.Reason.None);

        vm.prank(CONTROLLER);
        (bool accepted,) =
            address(registry).call(abi.encodeWithSelector(registry.revokeKey.selector, institution, KEY, 3));
        vm.assertTrue(!accepted, "reason 3");
    }

    function test_Refuses_the_operator_and_the_controller_of_another_institution() external {
        anotherInstitution();
        refusesController(OPERATOR);
        refusesController(STRANGER);
    }

    function testFuzz_Refuses_every_account_but_the_controller(address account) external {
        vm.assume(account != CONTROLLER);
        refusesController(account);
    }

    function refusesController(address account) private {
        bytes memory refusal = abi.encodeWithSelector(IInstitutions.NotController.selector, institution, account);
        refused(refusal);
        vm.prank(account);
        registry.addKey(institution, METHOD, P256, 0);
        refused(refusal);
        vm.prank(account);
        registry.revokeKey(institution, KEY, ISigningKeys.Reason.Compromised);
    }

    function revokeKey(bytes32 id, bytes32 key, ISigningKeys.Reason reason) private {
        vm.prank(creatorOf(id));
        registry.revokeKey(id, key, reason);
    }

    function cut(bytes memory long, uint256 length) private pure returns (bytes memory short) {
        short = new bytes(length);
        for (uint256 i = 0; i < length; i++) {
            short[i] = long[i];
        }
    }

    function assertKey(bytes32 id, ISigningKeys.SigningKey memory expected) private view {
        vm.assertEq(abi.encode(registry.keyOf(id, KEY)), abi.encode(expected), "key");
    }
}
