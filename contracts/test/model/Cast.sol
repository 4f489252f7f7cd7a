// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICredentialRegistry} from "../../src/ICredentialRegistry.sol";

/// @notice Who and what the random play is about: small sets, so that actors meet. The last member of each is one that must
/// be refused: an account nobody has, an institution nobody created, the zero root, handle, key or identity.
library Cast {
    function actor(uint256 n) internal pure returns (address) {
        return [address(0xAC70), address(0xAC71), address(0xAC72), address(0)][member(n)];
    }

    /// @dev Institutions 0 to 2 are those of the actors.
    function institution(uint256 n) internal pure returns (bytes32) {
        return keccak256(abi.encode(member(n) == 3 ? address(0xDEAD) : actor(n), uint256(0)));
    }

    function root(uint256 n) internal pure returns (bytes32) {
        return member(n) == 3 ? bytes32(0) : keccak256(abi.encode("root", member(n)));
    }

    function handle(uint256 n) internal pure returns (bytes16) {
        return bytes16(root(n));
    }

    function identity(uint256 n) internal pure returns (bytes32) {
        return n % 8 == 3 ? bytes32(0) : keccak256(abi.encode("identity", n % 8));
    }

    function method(uint256 n) internal pure returns (string memory) {
        return ["did:web:one.example#key-1", "did:web:one.example#key-2", "did:web:two.example#key-1", ""][member(n)];
    }

    function key(uint256 n) internal pure returns (bytes32) {
        return member(n) == 3 ? bytes32(0) : keccak256(bytes(method(n)));
    }

    /// @dev As long as an Ed25519 key, a P-256 key and whatever goes into a single slot; the last ones are refused.
    function multikey(uint256 n) internal pure returns (bytes memory bytes_) {
        bytes_ = new bytes([uint256(34), 35, 51, 31, 1, 128, 129, 0][n % 8]);
        for (uint256 i = 0; i < bytes_.length; i++) {
            bytes_[i] = bytes1(uint8(n + i + 1));
        }
    }

    /// @dev Accreditor, subject, identity and serial, each drawn from its own bits.
    function link(uint256 accreditor, uint256 n) internal pure returns (ICredentialRegistry.Link memory) {
        return ICredentialRegistry.Link(institution(accreditor), institution(n), identity(n / 8), uint64((n / 64) % 2));
    }

    /// @dev Zero, long ago, or within two minutes of `now_` on either side.
    function timeNear(uint256 n, uint256 now_) internal pure returns (uint64) {
        if (n % 8 == 0) return 0;
        if (n % 8 == 1) return 1;
        return uint64(now_ - 120 + (n / 8) % 241);
    }

    /// @dev Each of 0 to 3 is itself, and of eight numbers only one is the last.
    function member(uint256 n) private pure returns (uint256) {
        return n % 8 == 3 ? 3 : (n % 8) % 3;
    }
}
