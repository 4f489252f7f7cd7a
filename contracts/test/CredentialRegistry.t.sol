// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CredentialRegistry} from "../src/CredentialRegistry.sol";
import {ICredentialRegistry} from "../src/ICredentialRegistry.sol";
import {ISigningKeys} from "../src/ISigningKeys.sol";
import {RegistryTest} from "./RegistryTest.sol";
import {vm} from "./Test.sol";

contract CredentialRegistryTest is RegistryTest {
    bytes32 private constant ROOT = keccak256("root");
    bytes16 private constant HANDLE = bytes16(keccak256("handle"));
    bytes32 private constant IDENTITY = keccak256("identity");
    uint64 private constant SCOPE = 0x1c0;

    bytes32 private _agency;
    bytes32 private _key;

    /// @dev Everything that can be known of a credential: accredited, signed with a key, anchored, and a minute apart
    /// revoked, its root distrusted, its key given up, its institution succeeded, its accreditation withdrawn.
    function setUp() public override {
        super.setUp();
        _agency = anotherInstitution();
        _key = addKey(institution, METHOD, P256, 0);
        setIdentity(institution, IDENTITY);
        accredit(_agency, institution, IDENTITY, 7, 0, NOON + 3600, SCOPE);
        anchor(OPERATOR, institution, ROOT);
    }

    function test_Answers_a_verification_in_one_call() external {
        ICredentialRegistry.Query memory query = question();
        ICredentialRegistry.Record memory expected = nothing(query);
        expected.controller = CONTROLLER;
        (expected.anchor.time, expected.anchor.blockNumber) = (NOON, HEIGHT);
        (expected.key.validFrom, expected.key.multikey) = (NOON, P256);
        (expected.currentIdentity, expected.identity.from) = (IDENTITY, NOON);
        expected.path[0].accreditation.from = NOON;
        expected.path[0].accreditation.until = NOON + 3600;
        expected.path[0].accreditation.scope = SCOPE;
        expected.path[0].identity.from = NOON;
        assertRecord(query, expected);

        later(60);
        endEverything();
        expected.anchor.distrustedAt = NOON + 60;
        expected.revokedAt = NOON + 60;
        (expected.key.revokedAt, expected.key.reason) = (NOON + 60, ISigningKeys.Reason.Compromised);
        (expected.currentIdentity, expected.identity.until) = (keccak256("next"), NOON + 60);
        (expected.succession.successor, expected.succession.since) = (_agency, NOON + 60);
        expected.path[0].accreditation.revokedAt = NOON + 60;
        expected.path[0].identity.until = NOON + 60;
        assertRecord(query, expected);
    }

    function test_Says_the_same_as_the_single_questions() external {
        later(60);
        endEverything();
        ICredentialRegistry.Record memory record = registry.lookup(question());
        vm.assertEq(record.controller, registry.controllerOf(institution), "controller");
        vm.assertEq(abi.encode(record.anchor), abi.encode(registry.anchorOf(institution, ROOT)), "anchor");
        vm.assertEq(record.revokedAt, registry.revokedAt(institution, HANDLE), "revoked");
        vm.assertEq(abi.encode(record.key), abi.encode(registry.keyOf(institution, _key)), "key");
        vm.assertEq(record.currentIdentity, registry.currentIdentity(institution), "current identity");
        vm.assertEq(abi.encode(record.identity), abi.encode(registry.identityPeriod(institution, IDENTITY)), "identity");
        vm.assertEq(abi.encode(record.succession), abi.encode(registry.successionOf(institution)), "succession");
        bytes32 accreditation = registry.accreditationId(_agency, institution, IDENTITY, 7);
        vm.assertEq(
            abi.encode(record.path[0].accreditation), abi.encode(registry.accreditationOf(accreditation)), "link"
        );
    }

    function test_Answers_the_links_of_a_path_in_the_order_in_which_they_were_asked() external {
        bytes32 ministry = institutionOf(CANDIDATE);
        setIdentity(_agency, keccak256("agency"));
        accredit(ministry, _agency, keccak256("agency"), 0, NOON + 1, 0, 1 << 63);

        ICredentialRegistry.Query memory query = question();
        query.path = new ICredentialRegistry.Link[](4);
        query.path[0] = ICredentialRegistry.Link(ministry, _agency, keccak256("agency"), 0);
        query.path[1] = ICredentialRegistry.Link(ministry, institution, IDENTITY, 0);
        query.path[2] = ICredentialRegistry.Link(_agency, institution, IDENTITY, 7);
        query.path[3] = query.path[0];
        ICredentialRegistry.LinkRecord[] memory path = registry.lookup(query).path;
        vm.assertEq(path.length, 4, "as many as were asked");
        vm.assertEq(path[0].accreditation.from, NOON + 1, "agency by ministry");
        vm.assertEq(path[0].accreditation.scope, 1 << 63, "agency's right");
        vm.assertEq(path[1].accreditation.from, 0, "the ministry did not accredit the institution itself");
        vm.assertEq(path[1].identity.from, NOON, "whose identity is known nevertheless");
        vm.assertEq(path[2].accreditation.until, NOON + 3600, "institution by agency");
        vm.assertEq(abi.encode(path[3]), abi.encode(path[0]), "one link twice");
    }

    function test_Says_the_controller_alone_where_nothing_else_was_asked() external view {
        ICredentialRegistry.Query memory query;
        query.institution = institution;
        ICredentialRegistry.Record memory expected = nothing(query);
        (expected.controller, expected.currentIdentity) = (CONTROLLER, IDENTITY);
        assertRecord(query, expected);
    }

    function test_Says_nothing_of_an_institution_that_does_not_exist() external view {
        ICredentialRegistry.Query memory query = question();
        query.institution = keccak256("nowhere");
        query.path[0].institution = query.institution;
        assertRecord(query, nothing(query));
    }

    function test_Says_nothing_of_one_institution_when_asked_about_another() external view {
        ICredentialRegistry.Query memory query = question();
        (query.institution, query.path) = (_agency, new ICredentialRegistry.Link[](0));
        ICredentialRegistry.Record memory expected = nothing(query);
        expected.controller = STRANGER;
        assertRecord(query, expected);
    }

    function testFuzz_Refuses_a_path_of_more_than_four_links(uint8 more) external {
        ICredentialRegistry.Query memory query = question();
        query.path = new ICredentialRegistry.Link[](registry.MAX_PATH() + 1 + more);
        refused(abi.encodeWithSelector(ICredentialRegistry.PathTooLong.selector, query.path.length));
        registry.lookup(query);
    }

    function test_Deploys_the_same_code_for_every_deployer() external {
        vm.prank(STRANGER);
        bytes32 codeHash = address(new CredentialRegistry()).codehash;
        vm.assertEq(codeHash, address(registry).codehash, "code hash");
        vm.assertEq(codeHash, keccak256(type(CredentialRegistry).runtimeCode), "runtime code");
    }

    function test_Leaves_room_under_the_limit_of_code() external view {
        vm.assertLe(address(registry).code.length, 20_000, "24,576 bytes is the end of the road");
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

    function endEverything() private {
        vm.prank(OPERATOR);
        registry.revoke(institution, HANDLE);
        vm.prank(CONTROLLER);
        registry.distrustRoot(institution, ROOT);
        vm.prank(CONTROLLER);
        registry.revokeKey(institution, _key, ISigningKeys.Reason.Compromised);
        setIdentity(institution, keccak256("next"));
        succeed(institution, _agency);
        vm.prank(STRANGER);
        registry.revokeAccreditation(_agency, institution, IDENTITY, 7);
    }

    function question() private view returns (ICredentialRegistry.Query memory query) {
        query = ICredentialRegistry.Query(institution, ROOT, HANDLE, _key, IDENTITY, new ICredentialRegistry.Link[](1));
        query.path[0] = ICredentialRegistry.Link(_agency, institution, IDENTITY, 7);
    }

    function nothing(ICredentialRegistry.Query memory query)
        private
        pure
        returns (ICredentialRegistry.Record memory blank)
    {
        blank.path = new ICredentialRegistry.LinkRecord[](query.path.length);
    }

    function assertRecord(ICredentialRegistry.Query memory query, ICredentialRegistry.Record memory expected)
        private
        view
    {
        vm.assertEq(abi.encode(registry.lookup(query)), abi.encode(expected), "record");
    }
}
