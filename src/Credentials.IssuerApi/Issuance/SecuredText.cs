using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Enveloping;

namespace Credentials.IssuerApi.Issuance;

/// <summary>A secured credential as it is stored: JSON text with its proofs, or the compact text of an envelope. Which one it is, its first byte tells.</summary>
internal static class SecuredText
{
    /// <summary>Media type of a credential with embedded proofs.</summary>
    public const string EmbeddedMediaType = "application/vc";

    public static bool IsEnvelope(ReadOnlySpan<byte> secured) => secured is not [(byte)'{', ..];

    /// <summary>What it is served as; of an envelope, what the envelope itself says.</summary>
    public static string MediaTypeOf(byte[] secured) => IsEnvelope(secured) ? Envelope.Open(secured).Require().MediaType : EmbeddedMediaType;

    /// <summary>What a learner's file is called.</summary>
    public static string FileNameOf(ReadOnlySpan<byte> secured) =>
        !IsEnvelope(secured) ? "diploma.json" : secured.Contains((byte)'~') ? "diploma.sd-jwt" : "diploma.jwt";

    /// <summary>As a JSON object, byte for byte or in its <c>data:</c> URL.</summary>
    public static byte[] AsJson(byte[] secured) =>
        IsEnvelope(secured) ? EnvelopedDocument.Write(Envelope.Open(secured).Require()) : secured;

    /// <summary>The digest to be anchored; null when there is none.</summary>
    public static AnchorDigest? DigestOf(byte[] secured)
    {
        if (IsEnvelope(secured))
        {
            return Envelope.Open(secured).Require().AnchorDigest;
        }

        using var document = JsonDocument.Parse(secured);
        return MerkleAnchor2026.DigestOf(document.RootElement);
    }
}
