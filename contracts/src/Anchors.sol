// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "./IAnchors.sol";
import {Institutions} from "./Institutions.sol";

/// @title Anchors
/// @notice The clock: the first write of a root fixes its time, and nothing changes it afterwards.
abstract contract Anchors is Institutions, IAnchors {
    mapping(bytes32 institution => mapping(bytes32 root => Anchor)) private _anchors;

    /// @inheritdoc IAnchors
    function anchor(bytes32 institution, bytes32 root) external onlyOperator(institution) {
        require(root != bytes32(0), ZeroRoot());
        Anchor storage self = _anchors[institution][root];
        require(self.time == 0, AlreadyAnchored(institution, root));

        self.time = uint64(block.timestamp);
        self.blockNumber = uint64(block.number);
        emit Anchored(institution, root);
    }

    /// @inheritdoc IAnchors
    function anchorOf(bytes32 institution, bytes32 root) public view returns (uint64 time, uint64 blockNumber) {
        Anchor storage self = _anchors[institution][root];
        return (self.time, self.blockNumber);
    }
}
