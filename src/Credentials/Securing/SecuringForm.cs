using System.Text.Json;
using Credentials.DataIntegrity;
using Credentials.DataModel;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Keys;

namespace Credentials.Securing;

/// <summary>A form in which documents are secured, by the name that <c>credentials sign --as</c> takes: every cryptosuite and every envelope.</summary>
/// <remarks>To add one: a row in <see cref="All"/>; a cryptosuite of <see cref="Cryptosuite.All"/> is one already.</remarks>
public abstract class SecuringForm
{
    private protected SecuringForm()
    {
    }

    /// <summary>Every form.</summary>
    public static IReadOnlyList<SecuringForm> All => Table.Rows;

    /// <summary>The name, such as <c>vc+jwt</c> or <c>ecdsa-rdfc-2019</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The keys that it signs with.</summary>
    public abstract IReadOnlySet<KeyType> KeyTypes { get; }

    /// <summary>What it secures.</summary>
    public abstract SecuredKinds Kinds { get; }

    /// <summary>The form of that name, or null.</summary>
    public static SecuringForm? Find(string? name) => All.FirstOrDefault(form => form.Name == name);

    /// <summary>Media type of the result: <c>application/vc+jwt</c>, or <c>application/vc</c> and <c>application/vp</c> with an embedded proof.</summary>
    /// <param name="kind">One kind.</param>
    public abstract string MediaTypeOf(SecuredKinds kind);

    /// <summary>Signs a document: a credential or a presentation, whichever its <c>type</c> says.</summary>
    /// <param name="document">UTF-8 JSON text.</param>
    /// <param name="signer">The key.</param>
    /// <param name="options">What is said besides.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The form does not sign with such keys.</exception>
    public async Task<Parsed<byte[]>> SignAsync(ReadOnlyMemory<byte> document, ISigner signer, SecuringOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(options);
        if (!KeyTypes.Contains(signer.PublicKey.Type))
        {
            throw new ArgumentException($"{Name} does not sign with {signer.PublicKey.Type}.", nameof(signer));
        }

        Parsed<JsonDocument> parsed = StrictJson.Parse(document);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument json = parsed.Value;
        SecuredKinds kind = KindOf(json.RootElement);
        return kind is SecuredKinds.None || !Kinds.HasFlag(kind)
            ? new Problem(ProblemCode.MalformedValueError, $"{Name} does not secure such a document; its type must tell what it is ({Kinds}).", "/type")
            : await SecureAsync(new Unsecured(document, json.RootElement, kind), signer, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a document is, by its <c>type</c>; none when that says neither or both.</summary>
    public static SecuredKinds KindOf(JsonElement document)
    {
        string[] types = document.ValueKind == JsonValueKind.Object && document.TryGetProperty("type", out JsonElement type) ? CredentialRules.TypesOf(type) : [];
        SecuredKinds kinds = (types.Contains("VerifiableCredential") ? SecuredKinds.Credential : SecuredKinds.None)
            | (types.Contains("VerifiablePresentation") ? SecuredKinds.Presentation : SecuredKinds.None);
        return kinds is SecuredKinds.Credential or SecuredKinds.Presentation ? kinds : SecuredKinds.None;
    }

    private protected abstract Task<Parsed<byte[]>> SecureAsync(Unsecured document, ISigner signer, SecuringOptions options, CancellationToken cancellationToken);

    private protected sealed record Unsecured(ReadOnlyMemory<byte> Text, JsonElement Json, SecuredKinds Kind);

    private static class Table
    {
        internal static readonly IReadOnlyList<SecuringForm> Rows =
        [
            .. Cryptosuite.All.Select(suite => new EmbeddedProofForm(suite)), // https://www.w3.org/TR/vc-data-integrity/
            .. EnvelopeType.All.Select(type => new EnvelopeForm(type)), // https://www.w3.org/TR/vc-jose-cose/
        ];
    }
}
