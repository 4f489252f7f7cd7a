// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CredentialRegistry} from "../src/CredentialRegistry.sol";
import {RegistryModel} from "./RegistryModel.sol";
import {vm} from "./Test.sol";

/// @notice Plays random actions of three actors on registry and model alike, and demands the same answer of both, down to
/// the error and its arguments. The numbers are cut to small sets so that actors meet: the last member is always one that
/// must be refused (an actor nobody is, an institution nobody created, the zero root, the zero handle).
contract RegistryHandler {
    CredentialRegistry public immutable registry;
    RegistryModel public immutable model;
    uint256 private _time = 1_800_000_000;
    uint256 private _blockNumber = 25_000_000;

    constructor(CredentialRegistry registry_, RegistryModel model_) {
        registry = registry_;
        model = model_;
    }

    function createInstitution(uint256 who, uint256 operator) external aBlockLater {
        bytes memory refusal = model.createInstitution(sender(who), 0, actor(operator));
        attempt(who, abi.encodeCall(registry.createInstitution, (0, actor(operator))), refusal);
    }

    function proposeController(uint256 who, uint256 where, uint256 candidate) external aBlockLater {
        bytes memory refusal = model.proposeController(sender(who), institution(where), actor(candidate));
        attempt(who, abi.encodeCall(registry.proposeController, (institution(where), actor(candidate))), refusal);
    }

    function acceptController(uint256 who, uint256 where) external aBlockLater {
        bytes memory refusal = model.acceptController(sender(who), institution(where));
        attempt(who, abi.encodeCall(registry.acceptController, (institution(where))), refusal);
    }

    function addOperator(uint256 who, uint256 where, uint256 operator) external aBlockLater {
        bytes memory refusal = model.addOperator(sender(who), institution(where), actor(operator));
        attempt(who, abi.encodeCall(registry.addOperator, (institution(where), actor(operator))), refusal);
    }

    function removeOperator(uint256 who, uint256 where, uint256 operator) external aBlockLater {
        bytes memory refusal = model.removeOperator(sender(who), institution(where), actor(operator));
        attempt(who, abi.encodeCall(registry.removeOperator, (institution(where), actor(operator))), refusal);
    }

    function anchor(uint256 who, uint256 where, uint256 what) external aBlockLater {
        bytes memory refusal = model.anchor(sender(who), institution(where), root(what));
        attempt(who, abi.encodeCall(registry.anchor, (institution(where), root(what))), refusal);
    }

    function revoke(uint256 who, uint256 where, uint256 what) external aBlockLater {
        bytes memory refusal = model.revoke(sender(who), institution(where), handle(what));
        attempt(who, abi.encodeCall(registry.revoke, (institution(where), handle(what))), refusal);
    }

    modifier aBlockLater() {
        vm.warp(_time += 12);
        vm.roll(++_blockNumber);
        _;
    }

    /// @dev Actors 0 to 2; 3 is the zero address.
    function actor(uint256 n) public pure returns (address) {
        return n % 4 == 3 ? address(0) : sender(n % 4);
    }

    /// @dev Institutions 0 to 2 are those of the actors; 3 exists nowhere.
    function institution(uint256 n) public pure returns (bytes32) {
        return keccak256(abi.encode(sender(n % 4), uint256(0)));
    }

    function root(uint256 n) public pure returns (bytes32) {
        return n % 4 == 3 ? bytes32(0) : keccak256(abi.encode("root", n % 4));
    }

    function handle(uint256 n) public pure returns (bytes16) {
        return bytes16(root(n));
    }

    function sender(uint256 n) private pure returns (address) {
        return [address(0xAC70), address(0xAC71), address(0xAC72)][n % 3];
    }

    function attempt(uint256 who, bytes memory action, bytes memory refusal) private {
        vm.prank(sender(who));
        (bool accepted, bytes memory answer) = address(registry).call(action);
        vm.assertTrue(accepted == (refusal.length == 0), "accepted by one, refused by the other");
        if (!accepted) vm.assertEq(answer, refusal, "refused for another reason");
    }
}
