// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CredentialRegistry} from "../src/CredentialRegistry.sol";
import {ICredentialRegistry} from "../src/ICredentialRegistry.sol";
import {RegistryHandler} from "./RegistryHandler.sol";
import {RegistryModel} from "./RegistryModel.sol";
import {vm} from "./Test.sol";

/// @notice What holds after every action of anybody. The handler has already compared every answer; here every piece of
/// state is compared with what the journal, read from its beginning, says that it must be.
contract CredentialRegistryInvariantTest {
    CredentialRegistry private _registry;
    RegistryModel private _model;
    RegistryHandler private _handler;

    function setUp() external {
        _registry = new CredentialRegistry();
        _model = new RegistryModel();
        _handler = new RegistryHandler(_registry, _model);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// @dev Guards the invariants: they would hold as well if every action were refused.
    function test_The_random_actors_get_something_of_every_kind_accepted() external {
        bytes4[7] memory actions = [
            _handler.createInstitution.selector,
            _handler.proposeController.selector,
            _handler.acceptController.selector,
            _handler.addOperator.selector,
            _handler.removeOperator.selector,
            _handler.anchor.selector,
            _handler.revoke.selector
        ];
        for (uint256 n = 0; n < 500; n++) {
            (uint256 who, uint256 where, uint256 what) = (chance(n, "who"), chance(n, "where"), chance(n, "what"));
            (bool played,) =
                address(_handler).call(abi.encodeWithSelector(actions[chance(n, "action") % 7], who, where, what));
            vm.assertTrue(played, "registry and model disagree");
        }
        for (uint256 kind = 0; kind <= uint256(type(RegistryModel.Kind).max); kind++) {
            vm.assertTrue(_model.count(RegistryModel.Kind(kind)) > 1, "never accepted");
        }
    }

    function invariant_Only_roots_that_an_operator_anchored_have_a_time_and_it_is_that_of_the_first_write()
        external
        view
    {
        for (uint256 n = 0; n < 16; n++) {
            (bytes32 id, bytes32 root) = (_handler.institution(n / 4), _handler.root(n));
            RegistryModel.Entry memory first = _model.first(RegistryModel.Kind.Anchored, id, root);
            (uint64 time, uint64 blockNumber) = _registry.anchorOf(id, root);
            vm.assertEq(time, first.time, "time");
            vm.assertEq(blockNumber, first.blockNumber, "block");
        }
    }

    function invariant_A_revocation_is_never_undone_and_never_moved() external view {
        for (uint256 n = 0; n < 16; n++) {
            (bytes32 id, bytes16 handle) = (_handler.institution(n / 4), _handler.handle(n));
            RegistryModel.Entry memory first = _model.first(RegistryModel.Kind.Revoked, id, handle);
            vm.assertEq(_registry.revokedAt(id, handle), first.time, "revoked at");
        }
    }

    function invariant_Control_passes_by_acceptance_alone() external view {
        for (uint256 n = 0; n < 4; n++) {
            bytes32 id = _handler.institution(n);
            vm.assertEq(_registry.controllerOf(id), _model.controllerOf(id), "controller");
            vm.assertEq(_registry.pendingControllerOf(id), _model.pendingControllerOf(id), "candidate");
        }
    }

    function invariant_Operators_are_those_that_a_controller_named() external view {
        for (uint256 n = 0; n < 16; n++) {
            (bytes32 id, address account) = (_handler.institution(n / 4), _handler.actor(n));
            vm.assertTrue(_registry.isOperator(id, account) == _model.isOperator(id, account), "operator");
        }
    }

    function invariant_The_one_view_says_what_the_single_questions_say() external view {
        for (uint256 n = 0; n < 16; n++) {
            (bytes32 id, bytes32 root, bytes16 handle) =
                (_handler.institution(n / 4), _handler.root(n), _handler.handle(n));
            ICredentialRegistry.Record memory record = _registry.lookup(id, root, handle);
            (uint64 time, uint64 blockNumber) = _registry.anchorOf(id, root);
            vm.assertEq(record.controller, _registry.controllerOf(id), "controller");
            vm.assertEq(record.anchoredAt, time, "time");
            vm.assertEq(record.anchoredBlock, blockNumber, "block");
            vm.assertEq(record.revokedAt, _registry.revokedAt(id, handle), "revoked at");
        }
    }

    function chance(uint256 n, string memory purpose) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(n, purpose)));
    }
}
