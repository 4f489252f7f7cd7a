// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccreditations} from "../../src/IAccreditations.sol";
import {ICredentialRegistry} from "../../src/ICredentialRegistry.sol";
import {IIdentities} from "../../src/IIdentities.sol";
import {CredentialsModel} from "./CredentialsModel.sol";
import {History} from "./History.sol";
import {Entry, Kind} from "./Journal.sol";

/// @notice The second opinion: the registry as a journal that is only ever appended to and read from end to end. Slow and
/// obvious on purpose. Here is what institutions say of themselves and of each other.
contract RegistryModel is CredentialsModel {
    using History for Entry[];

    function setIdentity(address sender, bytes32 id, bytes32 identity) external returns (bytes memory) {
        Entry[] memory journal = entries();
        if (!controls(journal, sender, id)) return notController(sender, id);
        if (identity == 0) return abi.encodeWithSelector(IIdentities.ZeroIdentity.selector);
        if (has(journal, Kind.IdentityChanged, id, identity)) {
            return abi.encodeWithSelector(IIdentities.IdentityUsed.selector, id, identity);
        }
        write(Kind.IdentityChanged, id, identity);
        return "";
    }

    function proposeSuccessor(address sender, bytes32 id, bytes32 successor) external returns (bytes memory) {
        Entry[] memory journal = entries();
        if (!controls(journal, sender, id)) return notController(sender, id);
        if (successorOf(journal, id) != 0) return hasSuccessor(journal, id);
        if (successor == id || (successor != 0 && !exists(journal, successor))) {
            return abi.encodeWithSelector(IIdentities.BadSuccessor.selector, successor);
        }
        write(Kind.SuccessorProposed, id, successor);
        return "";
    }

    function acceptSuccession(address sender, bytes32 id, bytes32 successor) external returns (bytes memory) {
        Entry[] memory journal = entries();
        if (!controls(journal, sender, successor)) return notController(sender, successor);
        if (successorOf(journal, id) != 0) return hasSuccessor(journal, id);
        if (journal.proposedSuccessorOf(id) != successor) {
            return abi.encodeWithSelector(IIdentities.NotProposed.selector, id, successor);
        }
        write(Kind.Succeeded, id, successor);
        return "";
    }

    function accredit(address sender, ICredentialRegistry.Link calldata link, uint64 from, uint64 until, uint64 scope)
        external
        returns (bytes memory)
    {
        Entry[] memory journal = entries();
        if (!controls(journal, sender, link.accreditor)) return notController(sender, link.accreditor);
        if (link.identity == 0 || link.institution == link.accreditor || !exists(journal, link.institution)) {
            return abi.encodeWithSelector(IAccreditations.BadSubject.selector, link.institution, link.identity);
        }
        if (scope == 0) return abi.encodeWithSelector(IAccreditations.NoScope.selector);
        uint64 begins = from > block.timestamp ? from : uint64(block.timestamp);
        if (until != 0 && until <= begins) {
            return abi.encodeWithSelector(IAccreditations.EmptyPeriod.selector, begins, until);
        }
        if (journal.first(Kind.Accredited, link).time != 0) {
            return abi.encodeWithSelector(IAccreditations.AccreditationExists.selector, idOf(link));
        }
        Entry memory given = about(Kind.Accredited, link);
        (given.from, given.until, given.number) = (from, until, scope);
        write(given);
        return "";
    }

    function revokeAccreditation(address sender, ICredentialRegistry.Link calldata link)
        external
        returns (bytes memory)
    {
        Entry[] memory journal = entries();
        if (!controls(journal, sender, link.accreditor)) return notController(sender, link.accreditor);
        if (journal.first(Kind.Accredited, link).time == 0) {
            return abi.encodeWithSelector(IAccreditations.UnknownAccreditation.selector, idOf(link));
        }
        if (journal.first(Kind.AccreditationRevoked, link).time != 0) {
            return abi.encodeWithSelector(IAccreditations.AccreditationAlreadyRevoked.selector, idOf(link));
        }
        write(about(Kind.AccreditationRevoked, link));
        return "";
    }

    /// @dev One that was accepted, the first of them from an entry on that chance chose; all zero if there is none.
    function anyLink(uint256 chance) external view returns (ICredentialRegistry.Link memory) {
        Entry[] memory journal = entries();
        for (uint256 i = 0; i < journal.length; i++) {
            Entry memory given = journal[(i + chance % journal.length) % journal.length];
            if (given.kind != Kind.Accredited) continue;
            return ICredentialRegistry.Link(given.institution, given.what, given.identity, given.serial);
        }
        return ICredentialRegistry.Link(0, 0, 0, 0);
    }

    function idOf(ICredentialRegistry.Link memory link) public pure returns (bytes32) {
        return keccak256(abi.encode(link.accreditor, link.institution, link.identity, link.serial));
    }

    function about(Kind kind, ICredentialRegistry.Link calldata link) private pure returns (Entry memory blank) {
        blank = entry(kind, link.accreditor, link.institution);
        (blank.identity, blank.serial) = (link.identity, link.serial);
    }

    function exists(Entry[] memory journal, bytes32 id) private pure returns (bool) {
        return journal.controllerOf(id) != address(0);
    }

    function successorOf(Entry[] memory journal, bytes32 id) private pure returns (bytes32) {
        return journal.last(Kind.Succeeded, id, History.NOW);
    }

    function hasSuccessor(Entry[] memory journal, bytes32 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIdentities.HasSuccessor.selector, id, successorOf(journal, id));
    }
}
