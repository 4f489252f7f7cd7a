using System.Text.Json;
using Credentials.Ethereum.JsonRpc;

namespace Credentials.Ethereum;

/// <summary>What the nodes say, in their own words.</summary>
public sealed class NodeWordsTests
{
    [Theory]
    // geth
    [InlineData(-32000, "already known", SendOutcome.Accepted)]
    [InlineData(-32000, "nonce too low: address 0x71562b71999873DB5b286dF957af199Ec94617F7, tx: 0 state: 1", SendOutcome.NonceTooLow)]
    [InlineData(-32000, "nonce too high: address 0x71562b71999873DB5b286dF957af199Ec94617F7, tx: 9 state: 1", SendOutcome.Refused)]
    [InlineData(-32000, "replacement transaction underpriced", SendOutcome.Underpriced)]
    [InlineData(-32000, "transaction underpriced: gas tip cap 1, minimum needed 1000000", SendOutcome.Underpriced)]
    [InlineData(-32000, "insufficient funds for gas * price + value: balance 0, tx cost 21000, overshot 21000", SendOutcome.InsufficientFunds)]
    [InlineData(-32000, "max fee per gas less than block base fee: address 0x71562b71999873DB5b286dF957af199Ec94617F7, maxFeePerGas: 1, baseFee: 7", SendOutcome.Underpriced)]
    [InlineData(-32000, "txpool is full", SendOutcome.Underpriced)]
    [InlineData(-32000, "intrinsic gas too low: gas 20000, minimum needed 21000", SendOutcome.Refused)]
    [InlineData(-32000, "exceeds block gas limit", SendOutcome.Refused)]
    [InlineData(-32000, "invalid sender", SendOutcome.Refused)]
    [InlineData(-32000, "tx fee (1.50 ether) exceeds the configured cap (1.00 ether)", SendOutcome.Refused)]
    // Nethermind
    [InlineData(-32010, "AlreadyKnown", SendOutcome.Accepted)]
    [InlineData(-32010, "OldNonce, Current nonce: 5, nonce of rejected tx: 4.", SendOutcome.NonceTooLow)]
    [InlineData(-32010, "ReplacementNotAllowed", SendOutcome.Underpriced)]
    [InlineData(-32010, "FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: 1, BaseFee: 7", SendOutcome.Underpriced)]
    [InlineData(-32010, "FeeTooLowToCompete", SendOutcome.Underpriced)]
    [InlineData(-32010, "InsufficientFunds, Account balance: 0, cumulative cost: 21000", SendOutcome.InsufficientFunds)]
    [InlineData(-32010, "NonceGap, Future nonce. Expected nonce: 1", SendOutcome.Refused)]
    // Besu
    [InlineData(-32000, "Known transaction", SendOutcome.Accepted)]
    [InlineData(-32001, "Nonce too low", SendOutcome.NonceTooLow)]
    [InlineData(-32001, "Transaction nonce below current nonce", SendOutcome.NonceTooLow)]
    [InlineData(-32004, "Upfront cost exceeds account balance", SendOutcome.InsufficientFunds)]
    [InlineData(-32009, "Gas price below configured minimum gas price", SendOutcome.Underpriced)]
    [InlineData(-32009, "Gas price below current base fee", SendOutcome.Underpriced)]
    [InlineData(-32000, "Replacement transaction underpriced", SendOutcome.Underpriced)]
    // Erigon, reth
    [InlineData(-32000, "existing tx with same hash", SendOutcome.Accepted)]
    [InlineData(-32000, "could not replace existing tx", SendOutcome.Underpriced)]
    [InlineData(-32000, "fee too low", SendOutcome.Underpriced)]
    [InlineData(-32003, "nonce too low: next nonce 1, tx nonce 0", SendOutcome.NonceTooLow)]
    // Anvil, OpenEthereum
    [InlineData(-32003, "transaction already imported", SendOutcome.Accepted)]
    [InlineData(-32010, "Transaction with the same hash was already imported.", SendOutcome.Accepted)]
    [InlineData(-32010, "Transaction nonce is too low. Try incrementing the nonce.", SendOutcome.NonceTooLow)]
    [InlineData(-32010, "Transaction gas price is too low. There is another transaction with same nonce in the queue.", SendOutcome.Underpriced)]
    // What must not be mistaken for "known transaction"
    [InlineData(-32000, "unknown transaction type", SendOutcome.Refused)]
    public void Mean_an_outcome(int code, string message, SendOutcome outcome) => Assert.Equal(outcome, NodeWords.OutcomeOf(new(code, message)));

    [Theory]
    [InlineData(-32603, "Internal error")]
    [InlineData(-32601, "the method eth_sendRawTransaction does not exist/is not available")]
    [InlineData(-32005, "daily request count exceeded, request rate limited")]
    [InlineData(-32000, "request timed out")]
    [InlineData(-32016, "over rate limit")]
    [InlineData(429, "Too Many Requests")]
    public void Say_nothing_about_a_transaction_when_the_node_could_not_be_asked(int code, string message) => Assert.Null(NodeWords.OutcomeOf(new(code, message)));

    [Theory]
    [InlineData(-39001, "Unknown block")]
    [InlineData(-32000, "finalized block not found")]
    [InlineData(-32000, "safe block not found")]
    [InlineData(-32602, "invalid argument 0: hex string without 0x prefix")]
    [InlineData(-32602, "Invalid block parameter")]
    [InlineData(-32000, "unsupported block tag")]
    public void Say_that_there_is_no_such_block(int code, string message) => Assert.True(NodeWords.HasNoSuchBlock(Refusal(code, message)));

    [Theory]
    [InlineData(-32601, "Method not found")]
    [InlineData(-32004, "Method not supported")]
    [InlineData(-32603, "Internal error")]
    [InlineData(-32005, "limit exceeded, block not found")]
    [InlineData(-32000, "request timed out")]
    public void Do_not_say_that_there_is_no_such_block(int code, string message) => Assert.False(NodeWords.HasNoSuchBlock(Refusal(code, message)));

    [Theory]
    [InlineData(3, "execution reverted")]
    [InlineData(-32000, "execution reverted: no")]
    [InlineData(-32015, "VM execution error.")]
    [InlineData(-32000, "invalid opcode: INVALID")]
    public void Say_that_the_contract_refused(int code, string message) => Assert.True(NodeWords.IsRevert(new(code, message)));

    [Theory]
    [InlineData(-32000, "header not found")]
    [InlineData(-32000, "missing trie node")]
    [InlineData(-32603, "Internal error")]
    public void Do_not_say_that_the_contract_refused(int code, string message) => Assert.False(NodeWords.IsRevert(new(code, message)));

    private static JsonRpcAnswer Refusal(int code, string message) => new("node", "eth_getBlockByNumber", default(JsonElement), new(code, message));
}
