// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CredentialRegistry} from "../../src/CredentialRegistry.sol";
import {ICredentialRegistry} from "../../src/ICredentialRegistry.sol";
import {ISigningKeys} from "../../src/ISigningKeys.sol";
import {Cast} from "./Cast.sol";
import {RegistryModel} from "./RegistryModel.sol";
import {vm} from "../Test.sol";

/// @notice Plays random actions of three actors on registry and model alike, and demands the same answer of both, down to
/// the error and its arguments. Blocks are a second, a minute, or no time at all apart: several may share a second.
contract RegistryHandler {
    CredentialRegistry public immutable registry;
    RegistryModel public immutable model;
    uint256 public time = 1_800_000_000;
    uint256 private _blockNumber = 25_000_000;

    /// @dev Two actors start with an institution that they operate and that has an identity; the third has to create its own.
    constructor(CredentialRegistry registry_, RegistryModel model_) {
        (registry, model) = (registry_, model_);
        createInstitution(0, 0);
        createInstitution(1, 1);
        setIdentity(0, 0, 0);
        setIdentity(0, 1, 1);
    }

    function createInstitution(uint256 who, uint256 operator) public anotherBlock(who) {
        address sender = Cast.actor(who % 3);
        bytes memory refusal = model.createInstitution(sender, 0, Cast.actor(operator));
        attempt(sender, abi.encodeCall(registry.createInstitution, (0, Cast.actor(operator))), refusal);
    }

    function proposeController(uint256 who, uint256 where, uint256 whom) external anotherBlock(who) {
        (address sender, bytes32 id) = (actorFor(who, where), Cast.institution(where));
        bytes memory refusal = model.proposeController(sender, id, Cast.actor(whom));
        attempt(sender, abi.encodeCall(registry.proposeController, (id, Cast.actor(whom))), refusal);
    }

    function acceptController(uint256 who, uint256 where) external anotherBlock(who) {
        (address sender, bytes32 id) = (Cast.actor(who % 3), Cast.institution(where));
        bytes memory refusal = model.acceptController(sender, id);
        attempt(sender, abi.encodeCall(registry.acceptController, (id)), refusal);
    }

    function addOperator(uint256 who, uint256 where, uint256 whom) external anotherBlock(who) {
        (address sender, bytes32 id) = (actorFor(who, where), Cast.institution(where));
        bytes memory refusal = model.addOperator(sender, id, Cast.actor(whom));
        attempt(sender, abi.encodeCall(registry.addOperator, (id, Cast.actor(whom))), refusal);
    }

    function removeOperator(uint256 who, uint256 where, uint256 whom) external anotherBlock(who) {
        (address sender, bytes32 id) = (actorFor(who, where), Cast.institution(where));
        bytes memory refusal = model.removeOperator(sender, id, Cast.actor(whom));
        attempt(sender, abi.encodeCall(registry.removeOperator, (id, Cast.actor(whom))), refusal);
    }

    function anchor(uint256 who, uint256 where, uint256 what) external anotherBlock(who) {
        (address sender, bytes32 id) = (actorFor(who, where), Cast.institution(where));
        bytes memory refusal = model.anchor(sender, id, Cast.root(what));
        attempt(sender, abi.encodeCall(registry.anchor, (id, Cast.root(what))), refusal);
    }

    function distrustRoot(uint256 who, uint256 where, uint256 what) external anotherBlock(who) {
        (address sender, bytes32 id) = (actorFor(who, where), Cast.institution(where));
        bytes memory refusal = model.distrustRoot(sender, id, Cast.root(what));
        attempt(sender, abi.encodeCall(registry.distrustRoot, (id, Cast.root(what))), refusal);
    }

    function revoke(uint256 who, uint256 where, uint256 what) external anotherBlock(who) {
        (address sender, bytes32 id) = (actorFor(who, where), Cast.institution(where));
        bytes memory refusal = model.revoke(sender, id, Cast.handle(what));
        attempt(sender, abi.encodeCall(registry.revoke, (id, Cast.handle(what))), refusal);
    }

    function addKey(uint256 who, uint256 where, uint256 what, uint256 validFrom) external anotherBlock(who) {
        (address sender, bytes32 id) = (actorFor(who, where), Cast.institution(where));
        (bytes memory multikey, uint64 from) = (Cast.multikey(what / 8), Cast.timeNear(validFrom, time));
        bytes memory refusal = model.addKey(sender, id, Cast.method(what), multikey, from);
        attempt(sender, abi.encodeCall(registry.addKey, (id, Cast.method(what), multikey, from)), refusal);
    }

    function revokeKey(uint256 who, uint256 where, uint256 what) external anotherBlock(who) {
        (address sender, bytes32 id) = (actorFor(who, where), Cast.institution(where));
        ISigningKeys.Reason reason = ISigningKeys.Reason((what / 8) % 3);
        bytes memory refusal = model.revokeKey(sender, id, Cast.key(what), reason);
        attempt(sender, abi.encodeCall(registry.revokeKey, (id, Cast.key(what), reason)), refusal);
    }

    function setIdentity(uint256 who, uint256 where, uint256 what) public anotherBlock(who) {
        (address sender, bytes32 id) = (actorFor(who, where), Cast.institution(where));
        bytes memory refusal = model.setIdentity(sender, id, Cast.identity(what));
        attempt(sender, abi.encodeCall(registry.setIdentity, (id, Cast.identity(what))), refusal);
    }

    /// @dev Withdraws every eighth time.
    function proposeSuccessor(uint256 who, uint256 where, uint256 whom) external anotherBlock(who) {
        (address sender, bytes32 id) = (actorFor(who, where), Cast.institution(where));
        bytes32 successor = whom % 8 == 7 ? bytes32(0) : Cast.institution(whom);
        bytes memory refusal = model.proposeSuccessor(sender, id, successor);
        attempt(sender, abi.encodeCall(registry.proposeSuccessor, (id, successor)), refusal);
    }

    function acceptSuccession(uint256 who, uint256 where, uint256 whom) external anotherBlock(who) {
        bytes32 id = Cast.institution(where);
        bytes32 successor = whom % 2 == 0 ? registry.proposedSuccessorOf(id) : Cast.institution(whom);
        address controller = registry.controllerOf(successor);
        address sender = who % 4 == 0 || controller == address(0) ? Cast.actor(who % 3) : controller;
        bytes memory refusal = model.acceptSuccession(sender, id, successor);
        attempt(sender, abi.encodeCall(registry.acceptSuccession, (id, successor)), refusal);
    }

    /// @dev Mostly under the identity of the day, or else hardly any would ever be worth something.
    function accredit(uint256 who, uint256 where, uint256 what, uint256 from, uint256 until)
        external
        anotherBlock(who)
    {
        ICredentialRegistry.Link memory link = Cast.link(where, what);
        bytes32 identity = registry.currentIdentity(link.institution);
        if (from % 4 != 0 && identity != 0) link.identity = identity;
        (uint64 begins, uint64 ends) = (Cast.timeNear(from, time), Cast.timeNear(until, time + 110));
        if (ends > 1 && until % 3 != 0) ends += 2_000;
        uint64 scope = what % 16 == 15 ? 0 : uint64(from);
        bytes memory refusal = model.accredit(actorFor(who, where), link, begins, ends, scope);
        bytes memory action = abi.encodeCall(
            registry.accredit, (link.accreditor, link.institution, link.identity, link.serial, begins, ends, scope)
        );
        attempt(actorFor(who, where), action, refusal);
    }

    function revokeAccreditation(uint256 who, uint256 where, uint256 what) external anotherBlock(who) {
        ICredentialRegistry.Link memory link = what % 4 == 0 ? Cast.link(where, what) : model.anyLink(what / 4);
        address controller = registry.controllerOf(link.accreditor);
        address sender = who % 4 == 0 || controller == address(0) ? Cast.actor(who % 3) : controller;
        bytes memory refusal = model.revokeAccreditation(sender, link);
        bytes memory action = abi.encodeCall(
            registry.revokeAccreditation, (link.accreditor, link.institution, link.identity, link.serial)
        );
        attempt(sender, action, refusal);
    }

    modifier anotherBlock(uint256 chance) {
        vm.warp(time += [uint256(0), 1, 12, 60][uint256(keccak256(abi.encode(chance, _blockNumber))) % 4]);
        vm.roll(++_blockNumber);
        _;
    }

    /// @dev Every second time the one who may, if there is one: or else hardly anything would ever be accepted.
    function actorFor(uint256 who, uint256 where) private view returns (address) {
        address controller = registry.controllerOf(Cast.institution(where));
        return who % 2 == 0 && controller != address(0) ? controller : Cast.actor((who / 2) % 3);
    }

    function attempt(address sender, bytes memory action, bytes memory refusal) private {
        vm.prank(sender);
        (bool accepted, bytes memory answer) = address(registry).call(action);
        vm.assertTrue(accepted == (refusal.length == 0), "accepted by one, refused by the other");
        if (!accepted) vm.assertEq(answer, refusal, "refused for another reason");
    }
}
