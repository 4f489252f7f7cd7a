using Credentials.Keys;

namespace Credentials.Verification.Checks;

/// <summary>Who presents a credential, as the signature of the presentation proves it.</summary>
/// <param name="Ids">The DIDs under which the presenter's keys lie, the holder's among them.</param>
/// <param name="Methods">DID URLs of the keys.</param>
/// <param name="Keys">The keys.</param>
/// <param name="MustMatch">Whether a credential of somebody else counts against the presentation.</param>
internal sealed record Presenter(IReadOnlyList<string> Ids, IReadOnlyList<string> Methods, IReadOnlyList<PublicKey> Keys, bool MustMatch)
{
    /// <summary>The presenter in a sentence.</summary>
    public string Name => Ids.Count > 0 ? Ids[0] : "whoever has the key";
}
