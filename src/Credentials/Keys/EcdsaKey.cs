using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Credentials.Keys;

/// <summary>A P-256 or P-384 key. .NET promises no thread safety for one <see cref="ECDsa"/>, so each concurrent caller borrows one of its own.</summary>
internal sealed class EcdsaKey : KeyMaterial
{
    private readonly EcdsaAlgorithm _algorithm;
    private readonly ECPoint _point;
    private readonly byte[]? _secret;
    private readonly byte[] _publicBytes;
    private readonly ConcurrentBag<ECDsa> _idle = [];
    private volatile bool _disposed;

    public EcdsaKey(EcdsaAlgorithm algorithm, ECPoint point, byte[]? secret, ECDsa? idle = null)
    {
        _algorithm = algorithm;
        _point = point;
        _secret = secret;
        if (idle is not null)
        {
            _idle.Add(idle);
        }

        _publicBytes = [(byte)(2 + (point.Y![^1] & 1)), .. point.X!];
    }

    public override KeyAlgorithm Algorithm => _algorithm;

    public override ReadOnlyMemory<byte> PublicBytes => _publicBytes;

    public override ReadOnlyMemory<byte> X => _point.X;

    public override ReadOnlyMemory<byte> Y => _point.Y;

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // FIPS 186-5 section 6.4.2: r and s lie in [1, n - 1], else reject. Any s: the W3C's own vectors have high ones.
        int size = _algorithm.Curve.Size;
        if (!_algorithm.Curve.IsScalar(signature[..size]) || !_algorithm.Curve.IsScalar(signature[size..]))
        {
            return false;
        }

        ECDsa ecdsa = Borrow();
        bool verified = ecdsa.VerifyData(data, signature, _algorithm.Curve.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        Return(ecdsa);
        return verified;
    }

    public override byte[] Sign(ReadOnlySpan<byte> data)
    {
        ECDsa ecdsa = Borrow();
        byte[] signature = ecdsa.SignData(data, _algorithm.Curve.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        Return(ecdsa);
        return signature;
    }

    public override KeyMaterial ToPublic() => new EcdsaKey(_algorithm, _point, secret: null);

    public override byte[] ExportSecret()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return [.. _secret!];
    }

    public override void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_secret);
        while (_idle.TryTake(out ECDsa? ecdsa))
        {
            ecdsa.Dispose();
        }
    }

    private ECDsa Borrow()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _idle.TryTake(out ECDsa? ecdsa) ? ecdsa : ECDsa.Create(new ECParameters { Curve = _algorithm.Curve.Native, Q = _point, D = _secret });
    }

    // One that threw is not given back.
    private void Return(ECDsa ecdsa)
    {
        _idle.Add(ecdsa);
        if (_disposed && _idle.TryTake(out ECDsa? late))
        {
            late.Dispose();
        }
    }
}
