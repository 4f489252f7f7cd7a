// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccreditations} from "./IAccreditations.sol";
import {Identities} from "./Identities.sol";
import {covers, laterOf} from "./Times.sol";

/// @title Accreditations
/// @notice Given once and withdrawn once; the id names all that it is about, so that nobody else's can stand in its place.
abstract contract Accreditations is Identities, IAccreditations {
    mapping(bytes32 accreditation => Accreditation) private _accreditations;

    /// @inheritdoc IAccreditations
    function accredit(
        bytes32 accreditor,
        bytes32 institution,
        bytes32 identity,
        uint64 serial,
        uint64 from,
        uint64 until,
        uint64 scope
    ) external onlyController(accreditor) {
        require(
            identity != bytes32(0) && institution != accreditor && controllerOf(institution) != address(0),
            BadSubject(institution, identity)
        );
        require(scope != 0, NoScope());
        from = laterOf(from, uint64(block.timestamp));
        require(until == 0 || from < until, EmptyPeriod(from, until));
        Accreditation storage self = _accreditations[accreditationId(accreditor, institution, identity, serial)];
        require(self.from == 0, AccreditationExists(accreditationId(accreditor, institution, identity, serial)));

        (self.from, self.until, self.scope) = (from, until, scope);
        emit Accredited(accreditor, institution, identity, serial, from, until, scope);
    }

    /// @inheritdoc IAccreditations
    function revokeAccreditation(bytes32 accreditor, bytes32 institution, bytes32 identity, uint64 serial)
        external
        onlyController(accreditor)
    {
        bytes32 accreditation = accreditationId(accreditor, institution, identity, serial);
        Accreditation storage self = _accreditations[accreditation];
        require(self.from != 0, UnknownAccreditation(accreditation));
        require(self.revokedAt == 0, AccreditationAlreadyRevoked(accreditation));

        self.revokedAt = uint64(block.timestamp);
        emit AccreditationRevoked(accreditor, accreditation);
    }

    /// @inheritdoc IAccreditations
    function accreditationId(bytes32 accreditor, bytes32 institution, bytes32 identity, uint64 serial)
        public
        pure
        returns (bytes32 accreditation)
    {
        return keccak256(abi.encode(accreditor, institution, identity, serial));
    }

    /// @inheritdoc IAccreditations
    function accreditationOf(bytes32 accreditation) public view returns (Accreditation memory record) {
        return _accreditations[accreditation];
    }

    /// @inheritdoc IAccreditations
    function isAccreditedAt(bytes32 accreditor, bytes32 institution, bytes32 identity, uint64 serial, uint64 time)
        external
        view
        returns (bool)
    {
        Accreditation storage self = _accreditations[accreditationId(accreditor, institution, identity, serial)];
        return covers(self.from, self.until, time) && covers(self.from, self.revokedAt, time)
            && hadIdentityAt(institution, identity, time);
    }
}
