using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Credentials.Keys;

/// <summary>The few functions of OpenSSL 3 that Ed25519 needs, which .NET does not offer. Absent libraries make <see cref="IsAvailable"/> false, never a crash.</summary>
/// <remarks>https://docs.openssl.org/3.0/man7/EVP_SIGNATURE-ED25519/</remarks>
internal static partial class LibCrypto
{
    private const string Library = "credentials-libcrypto";
    private const int Ed25519 = 1087;

    private static readonly string[] Names = ["libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto.so"];

    private static readonly Lazy<nint> Handle = new(Load);

    /// <summary>Whether a libcrypto that knows Ed25519 was found.</summary>
    public static bool IsAvailable => Handle.Value != 0;

    public static EvpKeyHandle OpenPublic(ReadOnlySpan<byte> bytes)
    {
        Demand();
        return Checked(NewRawPublicKey(Ed25519, 0, bytes, (nuint)bytes.Length));
    }

    public static EvpKeyHandle OpenSecret(ReadOnlySpan<byte> seed)
    {
        Demand();
        return Checked(NewRawPrivateKey(Ed25519, 0, seed, (nuint)seed.Length));
    }

    public static byte[] PublicOf(EvpKeyHandle key)
    {
        byte[] bytes = new byte[32];
        nuint length = (nuint)bytes.Length;
        Check(GetRawPublicKey(key, bytes, ref length));
        return bytes;
    }

    public static byte[] Sign(EvpKeyHandle key, ReadOnlySpan<byte> data, int signatureLength)
    {
        byte[] signature = new byte[signatureLength];
        nuint length = (nuint)signatureLength;
        using EvpContextHandle context = NewContext();
        Check(DigestSignInit(context, 0, 0, 0, key));
        Check(DigestSign(context, signature, ref length, data, (nuint)data.Length));
        return signature;
    }

    public static bool Verify(EvpKeyHandle key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using EvpContextHandle context = NewContext();
        Check(DigestVerifyInit(context, 0, 0, 0, key));
        bool verified = DigestVerify(context, signature, (nuint)signature.Length, data, (nuint)data.Length) == 1;
        if (!verified)
        {
            // A refused signature leaves its reason in the thread's queue, where it would puzzle the next caller.
            ClearError();
        }

        return verified;
    }

    private static void Demand()
    {
        if (!IsAvailable)
        {
            throw new PlatformNotSupportedException("Ed25519 needs OpenSSL 3 (libcrypto), which was not found. Install it, or use P-256.");
        }
    }

    private static EvpKeyHandle Checked(EvpKeyHandle key)
    {
        Check(key.IsInvalid ? 0 : 1);
        return key;
    }

    private static void Check(int result)
    {
        if (result != 1)
        {
            ClearError();
            throw new CryptographicException("OpenSSL refused an Ed25519 operation.");
        }
    }

    [SuppressMessage("Security", "CA5392", Justification = "The resolver names the library.")]
    private static nint Load()
    {
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, typeof(LibCrypto).Assembly, null, out nint handle))
            {
                if (NativeLibrary.TryGetExport(handle, "EVP_PKEY_new_raw_public_key", out _)
                    && NativeLibrary.TryGetExport(handle, "EVP_DigestVerify", out _))
                {
                    NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, (library, _, _) => library == Library ? handle : 0);
                    return handle;
                }

                NativeLibrary.Free(handle);
            }
        }

        return 0;
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    private static partial EvpKeyHandle NewRawPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial EvpKeyHandle NewRawPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int GetRawPublicKey(EvpKeyHandle key, Span<byte> bytes, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    internal static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial EvpContextHandle NewContext();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    internal static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    private static partial int DigestSignInit(EvpContextHandle context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    private static partial int DigestSign(EvpContextHandle context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    private static partial int DigestVerifyInit(EvpContextHandle context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    private static partial int DigestVerify(EvpContextHandle context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    private static partial void ClearError();
}
