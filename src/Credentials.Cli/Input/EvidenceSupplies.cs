using Credentials.Dids;
using Credentials.Evidence;

namespace Credentials.Cli.Input;

/// <summary>Fetches what goes into a bundle besides the chain's proofs. What cannot be had is told, and left out.</summary>
internal sealed class EvidenceSupplies(Trust.TrustedOutside outside, Surroundings around)
{
    /// <summary>The path in a file, else the one that the issuer's DID document names; null for none.</summary>
    /// <exception cref="MisuseException">The file is none.</exception>
    public async Task<AccreditationPath?> PathAsync(string? file, BundleSubject subject, CancellationToken cancellationToken)
    {
        if (await PathInAsync(file, cancellationToken) is { } given)
        {
            return given;
        }

        Parsed<DidDocument> document = await DidResolver.Online(outside.Fetcher).ResolveAsync(subject.Credential.IssuerId, cancellationToken);
        if (!document.Ok)
        {
            await TellAsync($"The issuer's DID document cannot be had, so that no accreditation was looked for: {document.Problem.Detail}");
            return null;
        }

        foreach (Uri url in document.Value.ServiceUrls(AccreditationPath.ServiceType))
        {
            FetchedDocument answer = await outside.Fetcher.FetchAsync(url, "application/json", cancellationToken);
            if (answer.Ok && AccreditationPath.Parse(answer.Body) is { Ok: true, Value: { } path })
            {
                return path;
            }

            await TellAsync($"The accreditation at {url} cannot be had: {answer.Fault ?? "it is none"}.");
        }

        return null;
    }

    /// <summary>The path in a file; null when none is named.</summary>
    /// <exception cref="MisuseException">The file is none.</exception>
    public static async Task<AccreditationPath?> PathInAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return null;
        }

        Parsed<AccreditationPath> given = AccreditationPath.Parse(File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken) : throw new MisuseException($"There is no file {file}."));
        return given.Ok ? given.Value : throw new MisuseException($"{file}: {given.Problem.Detail} ({given.Problem.Pointer})");
    }

    /// <summary>The status lists that the credential names.</summary>
    public async Task<IReadOnlyList<BundledStatusList>> ListsAsync(BundleSubject subject, CancellationToken cancellationToken)
    {
        var lists = new List<BundledStatusList>();
        foreach (string url in subject.Credential.StatusEntries.Select(entry => entry.StatusListCredential.OriginalString).Distinct(StringComparer.Ordinal))
        {
            FetchedDocument answer = await FetchAsync(url, "application/vc, application/vc+jwt;q=0.9, application/json;q=0.8", cancellationToken);
            if (answer.Ok && BundledDocument.Of(answer.Body) is { Ok: true, Value: { } list })
            {
                lists.Add(new(url, list));
            }
            else
            {
                await TellAsync($"The status list {url} cannot be had: {answer.Fault ?? "it is none"}. The bundle will not show that the credential was not suspended.");
            }
        }

        return lists;
    }

    private async Task<FetchedDocument> FetchAsync(string url, string accept, CancellationToken cancellationToken) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is "http" or "https"
            ? await outside.Fetcher.FetchAsync(parsed!, accept, cancellationToken)
            : new(default, null, "it is no URL of the web");

    private Task TellAsync(string sentence) => around.Error.WriteLineAsync($"credentials: {sentence}");
}
