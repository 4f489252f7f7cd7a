using Credentials.Cli.Input;
using Credentials.Cli.Output;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.Securing;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials derive --reveal POINTER FILE|-</c></summary>
internal static class DeriveCommand
{
    public static Command Row { get; } = new("derive", "FILE|-", "Disclose less of a credential: ecdsa-sd-2023 or SD-JWT", RunAsync)
    {
        Options =
        [
            new("--reveal", "POINTER", "What is disclosed besides what cannot be withheld; may be repeated") { Repeatable = true },
            new("--key", "FILE", "SD-JWT: the holder's private key, a JWK, to bind the copy to one verifier"),
            new("--audience", "TEXT", "SD-JWT with --key: the verifier"),
            new("--nonce", "TEXT", "SD-JWT with --key: the verifier's nonce"),
            new("--out", "FILE", "Where the result goes (default: standard output)"),
        ],
        Notes =
        [
            "A pointer is of RFC 6901, into the credential: /credentialSubject/degree.",
            "",
            "Examples:",
            "  credentials derive --reveal /credentialSubject/degree --reveal /validUntil base.json",
            "  credentials derive --reveal /credentialSubject/name --key holder.jwk --audience verifier.example --nonce 7f3a diploma.sd-jwt",
            "",
            "Exit codes: 0 derived, 1 the credential cannot be derived from, 3 used wrongly.",
        ],
    };

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        bool bind = arguments.Has("--key");
        if (bind != arguments.Has("--audience") || bind != arguments.Has("--nonce"))
        {
            throw new MisuseException("Key binding takes all three: --key, --audience and --nonce.");
        }

        using SigningKey? holder = arguments["--key"] is { } path ? GivenKey.ReadPrivate(path) : null;
        GivenDocument given = await GivenDocument.ReadAsync(arguments.Operands[0], around, fetcher: null, cancellationToken);
        Parsed<byte[]> derived = SelectiveDisclosure.Derive(given.Utf8, arguments.All("--reveal"));
        if (derived.Ok && holder is not null)
        {
            if (derived.Value is [(byte)'{', ..])
            {
                throw new MisuseException("Only an SD-JWT can be bound to a verifier; this credential has an embedded proof.");
            }

            derived = await SdJwt.BindAsync(derived.Value, holder, arguments["--audience"]!, arguments["--nonce"]!, around.Clock.GetUtcNow(), cancellationToken);
        }

        if (!derived.Ok)
        {
            await around.Error.WriteLineAsync($"credentials: nothing can be derived:\n{ProblemLine.Of(derived.Problem)}");
            return ExitCode.Rejected;
        }

        await Result.WriteAsync(derived.Value, isText: true, arguments["--out"], around, cancellationToken);
        return ExitCode.Verified;
    }
}
