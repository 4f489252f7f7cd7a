// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

// The two rules that every answer in time obeys.

/// @dev Half-open: the first second belongs to the period, the last does not. A `from` of zero is a period that never began,
/// an `until` of zero one that does not end.
function covers(uint64 from, uint64 until, uint64 time) pure returns (bool) {
    return from != 0 && from <= time && (until == 0 || time < until);
}

/// @dev Nothing is retroactive: what is said to begin before this block begins in it.
function laterOf(uint64 one, uint64 other) pure returns (uint64) {
    return one < other ? other : one;
}
