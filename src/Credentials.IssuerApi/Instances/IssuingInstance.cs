using Credentials.Dids.Methods;
using Credentials.IssuerApi.Issuance;
using Credentials.Keys;
using Credentials.Securing;

namespace Credentials.IssuerApi.Instances;

/// <summary>One named issuer: a did:key of its own, made at this start, and the one form in which it secures.</summary>
internal sealed class IssuingInstance : IDisposable
{
    private readonly SigningKey _key;
    private readonly TimeProvider _clock;

    public IssuingInstance(InstanceOptions options, Uri publicBase, TimeProvider clock)
    {
        Name = options.Name;
        Form = SecuringForm.Find(options.Form) ?? throw new ArgumentException($"There is no form {options.Form}.", nameof(options));
        KeyType = Enum.Parse<KeyType>(options.KeyType);
        _key = SigningKey.Generate(KeyType);
        _clock = clock;
        Did = DidKey.Of(_key.PublicKey);
        StatusList = options.StatusList ? new InstanceStatusList(this, publicBase, clock) : null;
    }

    public string Name { get; }

    public SecuringForm Form { get; }

    public KeyType KeyType { get; }

    public string Did { get; }

    /// <summary>Its status list; null when it keeps none.</summary>
    public InstanceStatusList? StatusList { get; }

    /// <summary>Secures a document as this issuer's, now.</summary>
    public Task<Parsed<byte[]>> SignAsync(ReadOnlyMemory<byte> document, IReadOnlyList<string> mandatoryPointers, CancellationToken cancellationToken)
    {
        DateTimeOffset now = CredentialSigner.WholeSeconds(_clock.GetUtcNow());
        return Form.SignAsync(document, _key, new SecuringOptions(DidKey.MethodOf(_key.PublicKey), now) { MandatoryPointers = mandatoryPointers }, cancellationToken);
    }

    public void Dispose() => _key.Dispose();
}
