// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentities} from "./IIdentities.sol";
import {Institutions} from "./Institutions.sol";
import {covers} from "./Times.sol";

/// @title Identities
/// @notice One identity at a time, each taken once, so that one period a piece tells the whole history; one successor, for good.
abstract contract Identities is Institutions, IIdentities {
    mapping(bytes32 institution => mapping(bytes32 identity => Period)) private _identities;
    mapping(bytes32 institution => bytes32 identity) private _currentIdentities;
    mapping(bytes32 institution => Succession) private _successions;
    mapping(bytes32 institution => bytes32 successor) private _proposedSuccessors;

    /// @inheritdoc IIdentities
    function setIdentity(bytes32 institution, bytes32 identity) external onlyController(institution) {
        require(identity != bytes32(0), ZeroIdentity());
        mapping(bytes32 identity => Period) storage periods = _identities[institution];
        require(periods[identity].from == 0, IdentityUsed(institution, identity));

        bytes32 previous = _currentIdentities[institution];
        if (previous != bytes32(0)) periods[previous].until = uint64(block.timestamp);
        periods[identity].from = uint64(block.timestamp);
        _currentIdentities[institution] = identity;
        emit IdentityChanged(institution, identity);
    }

    /// @inheritdoc IIdentities
    function proposeSuccessor(bytes32 institution, bytes32 successor) external onlyController(institution) {
        requireNoSuccessor(institution);
        require(
            successor == bytes32(0) || (successor != institution && controllerOf(successor) != address(0)),
            BadSuccessor(successor)
        );

        _proposedSuccessors[institution] = successor;
        emit SuccessorProposed(institution, successor);
    }

    /// @inheritdoc IIdentities
    function acceptSuccession(bytes32 institution, bytes32 successor) external onlyController(successor) {
        requireNoSuccessor(institution);
        require(successor == _proposedSuccessors[institution], NotProposed(institution, successor));

        _successions[institution] = Succession(successor, uint64(block.timestamp));
        _proposedSuccessors[institution] = bytes32(0);
        emit Succeeded(institution, successor);
    }

    /// @inheritdoc IIdentities
    function currentIdentity(bytes32 institution) public view returns (bytes32 identity) {
        return _currentIdentities[institution];
    }

    /// @inheritdoc IIdentities
    function identityPeriod(bytes32 institution, bytes32 identity) public view returns (Period memory period) {
        return _identities[institution][identity];
    }

    /// @inheritdoc IIdentities
    function hadIdentityAt(bytes32 institution, bytes32 identity, uint64 time) public view returns (bool) {
        Period storage self = _identities[institution][identity];
        return covers(self.from, self.until, time);
    }

    /// @inheritdoc IIdentities
    function successionOf(bytes32 institution) public view returns (Succession memory succession) {
        return _successions[institution];
    }

    /// @inheritdoc IIdentities
    function proposedSuccessorOf(bytes32 institution) external view returns (bytes32 successor) {
        return _proposedSuccessors[institution];
    }

    function requireNoSuccessor(bytes32 institution) private view {
        Succession storage self = _successions[institution];
        require(self.since == 0, HasSuccessor(institution, self.successor));
    }
}
