using Credentials.Ethereum.Registry;

namespace Credentials.Cli.Trust;

/// <summary>A trusted chain and the nodes that are asked about it.</summary>
/// <param name="Chain">Its four marks.</param>
/// <param name="Nodes">The nodes, each of another host.</param>
/// <param name="Quorum">How many must agree.</param>
/// <param name="Proven">Whether they must prove what they say; otherwise the one node is trusted.</param>
internal sealed record TrustedNodes(TrustedChain Chain, IReadOnlyList<Uri> Nodes, int Quorum, bool Proven);
