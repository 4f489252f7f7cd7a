// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISigningKeys} from "./ISigningKeys.sol";
import {Institutions} from "./Institutions.sol";
import {covers, laterOf} from "./Times.sol";

/// @title SigningKeys
/// @notice Append-only: a key is added once and given up once, and both keep their times.
abstract contract SigningKeys is Institutions, ISigningKeys {
    uint256 private constant MAX_KEY_LENGTH = 128;

    mapping(bytes32 institution => mapping(bytes32 key => SigningKey)) private _keys;

    /// @inheritdoc ISigningKeys
    function addKey(bytes32 institution, string calldata verificationMethod, bytes calldata multikey, uint64 validFrom)
        external
        onlyController(institution)
    {
        require(multikey.length != 0 && multikey.length <= MAX_KEY_LENGTH, BadKeyLength(multikey.length));
        bytes32 key = keyId(verificationMethod);
        SigningKey storage self = _keys[institution][key];
        require(self.validFrom == 0, KeyExists(institution, key));

        self.validFrom = laterOf(validFrom, uint64(block.timestamp));
        self.multikey = multikey;
        emit KeyAdded(institution, key, verificationMethod, multikey, self.validFrom);
    }

    /// @inheritdoc ISigningKeys
    function revokeKey(bytes32 institution, bytes32 key, Reason reason) external onlyController(institution) {
        require(reason != Reason.None, NoReason());
        SigningKey storage self = _keys[institution][key];
        require(self.validFrom != 0, UnknownKey(institution, key));
        require(self.revokedAt == 0, KeyAlreadyRevoked(institution, key));

        self.revokedAt = uint64(block.timestamp);
        self.reason = reason;
        emit KeyRevoked(institution, key, reason);
    }

    /// @inheritdoc ISigningKeys
    function keyId(string calldata verificationMethod) public pure returns (bytes32 key) {
        return keccak256(bytes(verificationMethod));
    }

    /// @inheritdoc ISigningKeys
    function keyOf(bytes32 institution, bytes32 key) public view returns (SigningKey memory signingKey) {
        return _keys[institution][key];
    }

    /// @inheritdoc ISigningKeys
    function isKeyGoodAt(bytes32 institution, bytes32 key, uint64 time) external view returns (bool) {
        SigningKey storage self = _keys[institution][key];
        return covers(self.validFrom, self.revokedAt, time);
    }
}
