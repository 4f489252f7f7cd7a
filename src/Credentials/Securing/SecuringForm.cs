using Credentials.Keys;

namespace Credentials.Securing;

/// <summary>A form in which documents are secured, by the name that <c>credentials sign --as</c> takes: every cryptosuite and every envelope.</summary>
/// <remarks>To add one: a row in <see cref="All"/>; a cryptosuite of <see cref="DataIntegrity.Cryptosuite.All"/> is one already.</remarks>
public abstract class SecuringForm
{
    private protected SecuringForm()
    {
    }

    /// <summary>Every form.</summary>
    public static IReadOnlyList<SecuringForm> All => throw new NotImplementedException();

    /// <summary>The name, such as <c>vc+jwt</c> or <c>ecdsa-rdfc-2019</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The keys that it signs with.</summary>
    public abstract IReadOnlySet<KeyType> KeyTypes { get; }

    /// <summary>What it secures.</summary>
    public abstract SecuredKinds Kinds { get; }

    /// <summary>The form of that name, or null.</summary>
    public static SecuringForm? Find(string? name) => All.FirstOrDefault(form => form.Name == name);

    /// <summary>Media type of the result: <c>application/vc+jwt</c>, or <c>application/vc</c> and <c>application/vp</c> with an embedded proof.</summary>
    public abstract string MediaTypeOf(SecuredKinds kind);

    /// <summary>Signs a document.</summary>
    /// <param name="document">UTF-8 JSON text of a credential or presentation.</param>
    /// <param name="signer">The key.</param>
    /// <param name="options">What is said besides.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The form does not sign with such keys.</exception>
    public abstract Task<Parsed<byte[]>> SignAsync(ReadOnlyMemory<byte> document, ISigner signer, SecuringOptions options, CancellationToken cancellationToken);
}
