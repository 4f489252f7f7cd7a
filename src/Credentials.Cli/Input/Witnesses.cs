using Credentials.Ethereum.Evidence;
using Credentials.Evidence;
using Credentials.Keys;

namespace Credentials.Cli.Input;

/// <summary>The witness that a command line names.</summary>
internal static class Witnesses
{
    /// <summary>Asks the time-stamp authority, or signs with the key; null when neither was given.</summary>
    /// <exception cref="MisuseException">Both were given, or one cannot be used.</exception>
    public static Func<HeaderStatement, CancellationToken, Task<Parsed<WitnessStatement>>>? Of(string? url, string? keyFile, Surroundings around, HttpClient http)
    {
        switch (url, keyFile)
        {
            case (null, null):
                return null;
            case (not null, not null):
                throw new MisuseException("Give --witness or --witness-key, not both.");
            case (null, { } file):
                SigningKey key = GivenKey.ReadPrivate(file);
                return (statement, cancellationToken) => WitnessSignature.SignAsync(statement, around.Clock.GetUtcNow(), key, cancellationToken);
            default:
                Uri authority = Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is "http" or "https" ? parsed! : throw new MisuseException($"--witness {url} is no http or https URL.");
                return new TimeStampAuthority(http, authority).StampAsync;
        }
    }
}
