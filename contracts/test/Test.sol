// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The cheatcodes that these tests use, assertions among them; forge-std on npm needs packages that are not there.
interface Cheats {
    function prank(address sender) external;
    function warp(uint256 time) external;
    function roll(uint256 blockNumber) external;
    function load(address account, bytes32 slot) external view returns (bytes32);
    function envOr(string calldata name, string calldata otherwise) external view returns (string memory value);
    function toString(uint256 value) external pure returns (string memory text);
    function assume(bool condition) external pure;
    function expectRevert(bytes calldata refusal) external;
    function expectEmit(address emitter) external;
    function snapshotGasLastCall(string calldata group, string calldata name) external returns (uint256 gas);
    function assertTrue(bool condition, string calldata message) external pure;
    function assertEq(uint256 left, uint256 right, string calldata message) external pure;
    function assertEq(address left, address right, string calldata message) external pure;
    function assertEq(bytes32 left, bytes32 right, string calldata message) external pure;
    function assertEq(bytes calldata left, bytes calldata right, string calldata message) external pure;
    function assertLe(uint256 left, uint256 right, string calldata message) external pure;
}

Cheats constant vm = Cheats(address(uint160(uint256(keccak256("hevm cheat code")))));
