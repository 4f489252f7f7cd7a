using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Credentials.Ethereum.Cryptography;

/// <summary>The few functions of OpenSSL's libcrypto that multiply points of secp256k1, which .NET does not offer.</summary>
/// <remarks>https://docs.openssl.org/3.0/man3/EC_POINT_add/</remarks>
internal static partial class LibCrypto
{
    /// <summary>NID_secp256k1.</summary>
    public const int Secp256k1 = 714;

    private const string Library = "credentials-libcrypto";

    private static readonly string[] Names = ["libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll", "libcrypto.so"];
    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Whether the library was found. Nothing else here may be called when it was not.</summary>
    public static bool IsSupported => Loaded.Value;

    private static bool Load()
    {
        nint library = Names.Select(name => NativeLibrary.TryLoad(name, out nint handle) ? handle : 0).FirstOrDefault(handle => handle != 0);
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Library ? library : 0);
        return library != 0;
    }

    [LibraryImport(Library, EntryPoint = "EC_GROUP_new_by_curve_name")]
    public static partial Group NewGroup(int curve);

    [LibraryImport(Library, EntryPoint = "EC_GROUP_free")]
    private static partial void FreeGroup(nint group);

    [LibraryImport(Library, EntryPoint = "EC_POINT_new")]
    public static partial Point NewPoint(Group group);

    [LibraryImport(Library, EntryPoint = "EC_POINT_free")]
    private static partial void FreePoint(nint point);

    [LibraryImport(Library, EntryPoint = "BN_bin2bn")]
    public static partial Number NewNumber(ReadOnlySpan<byte> bytes, int length, nint none);

    [LibraryImport(Library, EntryPoint = "BN_free")]
    private static partial void FreeNumber(nint number);

    [LibraryImport(Library, EntryPoint = "BN_bn2binpad")]
    public static partial int WriteNumber(Number number, Span<byte> to, int length);

    [LibraryImport(Library, EntryPoint = "EC_POINT_set_affine_coordinates")]
    public static partial int SetCoordinates(Group group, Point point, Number x, Number y, nint context);

    [LibraryImport(Library, EntryPoint = "EC_POINT_set_compressed_coordinates")]
    public static partial int SetCompressed(Group group, Point point, Number x, int oddY, nint context);

    [LibraryImport(Library, EntryPoint = "EC_POINT_get_affine_coordinates")]
    public static partial int GetCoordinates(Group group, Point point, Number x, Number y, nint context);

    [LibraryImport(Library, EntryPoint = "EC_POINT_mul")]
    public static partial int Multiply(Group group, Point result, Number generatorFactor, Point point, Number factor, nint context);

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    /// <summary>EC_GROUP.</summary>
    public sealed class Group() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            FreeGroup(handle);
            return true;
        }
    }

    /// <summary>EC_POINT.</summary>
    public sealed class Point() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            FreePoint(handle);
            return true;
        }
    }

    /// <summary>BIGNUM.</summary>
    public sealed class Number() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            FreeNumber(handle);
            return true;
        }
    }
}
