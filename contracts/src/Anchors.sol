// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "./IAnchors.sol";
import {Institutions} from "./Institutions.sol";
import {covers} from "./Times.sol";

/// @title Anchors
/// @notice The clock: the first write of a root fixes its time, and nothing changes it afterwards. To distrust a
/// root is one more fact beside that time, not another time.
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
    function distrustRoot(bytes32 institution, bytes32 root) external onlyController(institution) {
        Anchor storage self = _anchors[institution][root];
        require(self.time != 0, NotAnchored(institution, root));
        require(self.distrustedAt == 0, AlreadyDistrusted(institution, root));

        self.distrustedAt = uint64(block.timestamp);
        emit RootDistrusted(institution, root);
    }

    /// @inheritdoc IAnchors
    function anchorOf(bytes32 institution, bytes32 root) public view returns (Anchor memory record) {
        return _anchors[institution][root];
    }

    /// @inheritdoc IAnchors
    function isAnchoredAt(bytes32 institution, bytes32 root, uint64 time) external view returns (bool) {
        Anchor storage self = _anchors[institution][root];
        return covers(self.time, self.distrustedAt, time);
    }
}
