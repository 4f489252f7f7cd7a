using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Cli.Input;
using Credentials.Cli.Output;
using Credentials.Cli.Wallet;
using Credentials.Dids.Methods;
using Credentials.Keys;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials keys new|show</c></summary>
internal static class KeysCommand
{
    private static readonly Dictionary<string, KeyType> s_types = new(StringComparer.OrdinalIgnoreCase) { ["P-256"] = KeyType.P256, ["P-384"] = KeyType.P384, ["Ed25519"] = KeyType.Ed25519 };

    public static Command Row { get; } = new("keys", "new | show FILE", "Make a signing key as a JWK, or tell the public half and the DIDs of one", RunAsync)
    {
        Count = (1, 2),
        Options =
        [
            new("--type", "NAME", $"Of a new key: {string.Join(", ", s_types.Keys)} (default P-256)"),
            new("--out", "FILE", "Where a new key goes, readable by its owner alone; an existing file is not overwritten (default: standard output)"),
        ],
        Notes =
        [
            "Examples:",
            "  credentials keys new --type Ed25519 --out key.jwk",
            "  credentials keys show key.jwk",
            "",
            "Exit codes: 0 done, 3 used wrongly.",
        ],
    };

    private static Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken) => arguments.Operands switch
    {
        ["new"] => MakeAsync(arguments, around, cancellationToken),
        ["show", var path] when !arguments.Has("--type") && !arguments.Has("--out") => ShowAsync(path, around),
        ["show", _] => throw new MisuseException("\"keys show\" takes neither --type nor --out."),
        _ => throw new MisuseException("\"keys\" takes new, or show FILE."),
    };

    private static async Task<int> MakeAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        string name = arguments["--type"] ?? "P-256";
        if (!s_types.TryGetValue(name, out KeyType type))
        {
            throw new MisuseException($"--type {name} is not known: {string.Join(", ", s_types.Keys)}.");
        }

        if (!PublicKey.IsSupported(type))
        {
            throw new MisuseException($"This computer cannot make a key of {name}: it lacks OpenSSL 3 (libcrypto.so.3).");
        }

        using var key = SigningKey.Generate(type);
        byte[] jwk = PrivateJwk.Write(key);
        await Result.WriteAsync(jwk, isText: true, arguments["--out"], around, cancellationToken, secret: true);
        CryptographicOperations.ZeroMemory(jwk);
        if (arguments.Has("--out"))
        {
            await around.Out.WriteLineAsync(DidKey.Of(key.PublicKey));
        }

        return ExitCode.Verified;
    }

    private static async Task<int> ShowAsync(string path, Surroundings around)
    {
        using SigningKey key = GivenKey.ReadPrivate(path);
        var jwk = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(jwk))
        {
            JsonWebKey.Write(writer, key.PublicKey);
        }

        await around.Out.WriteLineAsync($"""
            did:key     {DidKey.Of(key.PublicKey)}
            did:jwk     {DidJwk.Of(key.PublicKey)}
            public JWK  {System.Text.Encoding.UTF8.GetString(jwk.WrittenSpan)}
            """);
        return ExitCode.Verified;
    }
}
