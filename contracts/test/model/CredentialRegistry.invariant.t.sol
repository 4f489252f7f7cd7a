// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CredentialRegistry} from "../../src/CredentialRegistry.sol";
import {IAccreditations} from "../../src/IAccreditations.sol";
import {IAnchors} from "../../src/IAnchors.sol";
import {ICredentialRegistry} from "../../src/ICredentialRegistry.sol";
import {ISigningKeys} from "../../src/ISigningKeys.sol";
import {Cast} from "./Cast.sol";
import {Historian} from "./Historian.sol";
import {History} from "./History.sol";
import {Entry, Kind} from "./Journal.sol";
import {RegistryHandler} from "./RegistryHandler.sol";
import {RegistryModel} from "./RegistryModel.sol";
import {vm} from "../Test.sol";

/// @notice What holds after every action of anybody. The handler has already compared every answer; here every piece of
/// state is compared with what the journal, read from its beginning, says that it must be.
contract CredentialRegistryInvariantTest {
    using History for Entry[];

    CredentialRegistry private _registry;
    RegistryModel private _model;
    RegistryHandler private _handler;
    Historian private _historian;

    function setUp() external {
        _registry = new CredentialRegistry();
        _model = new RegistryModel();
        _handler = new RegistryHandler(_registry, _model);
        _historian = new Historian(_handler);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](2);
        (targets[0], targets[1]) = (address(_handler), address(_historian));
    }

    function invariant_No_answer_about_the_past_ever_changes() external view {
        _historian.asksAgain();
    }

    function invariant_Control_passes_by_acceptance_alone() external view {
        Entry[] memory journal = _model.entries();
        for (uint256 n = 0; n < 4; n++) {
            bytes32 id = Cast.institution(n);
            vm.assertEq(_registry.controllerOf(id), journal.controllerOf(id), "controller");
            vm.assertEq(_registry.pendingControllerOf(id), journal.pendingControllerOf(id), "candidate");
        }
    }

    function invariant_Operators_are_those_that_a_controller_named() external view {
        Entry[] memory journal = _model.entries();
        for (uint256 n = 0; n < 16; n++) {
            (bytes32 id, address account) = (Cast.institution(n / 4), Cast.actor(n % 4));
            vm.assertTrue(_registry.isOperator(id, account) == journal.isOperator(id, account), "operator");
        }
    }

    function invariant_A_root_keeps_its_first_time_and_whether_its_institution_stands_by_it() external view {
        Entry[] memory journal = _model.entries();
        for (uint256 n = 0; n < 16; n++) {
            (bytes32 id, bytes32 root) = (Cast.institution(n / 4), Cast.root(n % 4));
            Entry memory written = journal.first(Kind.Anchored, id, root);
            uint64 distrustedAt = journal.first(Kind.RootDistrusted, id, root).time;
            IAnchors.Anchor memory expected = IAnchors.Anchor(written.time, written.blockNumber, distrustedAt);
            vm.assertEq(abi.encode(_registry.anchorOf(id, root)), abi.encode(expected), "anchor");
        }
    }

    function invariant_A_revocation_is_never_undone_and_never_moved() external view {
        Entry[] memory journal = _model.entries();
        for (uint256 n = 0; n < 16; n++) {
            (bytes32 id, bytes16 handle) = (Cast.institution(n / 4), Cast.handle(n % 4));
            vm.assertEq(_registry.revokedAt(id, handle), journal.first(Kind.Revoked, id, handle).time, "revoked at");
        }
    }

    function invariant_A_key_keeps_its_bytes_and_counts_from_its_block_at_the_earliest() external view {
        Entry[] memory journal = _model.entries();
        for (uint256 n = 0; n < 16; n++) {
            (bytes32 id, bytes32 key) = (Cast.institution(n / 4), Cast.key(n % 4));
            Entry memory added = journal.first(Kind.KeyAdded, id, key);
            Entry memory revoked = journal.first(Kind.KeyRevoked, id, key);
            ISigningKeys.SigningKey memory expected = ISigningKeys.SigningKey(
                later(added), revoked.time, ISigningKeys.Reason(revoked.number), added.multikey
            );
            vm.assertEq(abi.encode(_registry.keyOf(id, key)), abi.encode(expected), "key");
        }
    }

    function invariant_An_identity_lasts_until_the_next_and_succession_takes_both_sides() external view {
        Entry[] memory journal = _model.entries();
        for (uint256 n = 0; n < 4; n++) {
            bytes32 id = Cast.institution(n);
            bytes32 successor = journal.last(Kind.Succeeded, id, History.NOW);
            vm.assertEq(
                _registry.currentIdentity(id), journal.last(Kind.IdentityChanged, id, History.NOW), "current identity"
            );
            vm.assertEq(_registry.proposedSuccessorOf(id), journal.proposedSuccessorOf(id), "proposed successor");
            vm.assertEq(_registry.successionOf(id).successor, successor, "successor");
            vm.assertEq(
                _registry.successionOf(id).since, journal.first(Kind.Succeeded, id, successor).time, "succeeded since"
            );
        }
    }

    function invariant_An_accreditation_says_what_its_accreditor_said_and_begins_in_its_block_at_the_earliest()
        external
        view
    {
        Entry[] memory journal = _model.entries();
        for (uint256 i = 0; i < journal.length; i++) {
            Entry memory given = journal[i];
            if (given.kind != Kind.Accredited) continue;
            ICredentialRegistry.Link memory link =
                ICredentialRegistry.Link(given.institution, given.what, given.identity, given.serial);
            IAccreditations.Accreditation memory expected = IAccreditations.Accreditation(
                later(given), given.until, journal.first(Kind.AccreditationRevoked, link).time, given.number
            );
            bytes32 id = _registry.accreditationId(given.institution, given.what, given.identity, given.serial);
            vm.assertEq(abi.encode(_registry.accreditationOf(id)), abi.encode(expected), "accreditation");
        }
    }

    function later(Entry memory entry) private pure returns (uint64) {
        return entry.from < entry.time ? entry.time : entry.from;
    }
}
