using System.Diagnostics;
using System.Text.Json;
using Credentials.TestKit;

namespace Credentials.Tests.Interop;

/// <summary>Runs <c>tests/Interop/verify.mjs</c> over credentials that were signed a moment ago.</summary>
internal static class ForeignVerifiers
{
    /// <summary>What each verifier says of each credential, by its name there.</summary>
    public static async Task<IReadOnlyList<ForeignVerdict>> VerifyAsync(byte[] didDocument, IReadOnlyDictionary<string, byte[]> credentials)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("credentials-interop-");
        try
        {
            string did = Path.Combine(folder.FullName, "did.json");
            await File.WriteAllBytesAsync(did, didDocument);
            var start = new ProcessStartInfo("node", ["verify.mjs", "--did", did]) { WorkingDirectory = InteropTools.Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach ((string name, byte[] text) in credentials)
            {
                string file = Path.Combine(folder.FullName, name);
                await File.WriteAllBytesAsync(file, text);
                start.ArgumentList.Add(file);
            }

            using Process node = Process.Start(start)!;
            Task<string> errors = node.StandardError.ReadToEndAsync();
            string output = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            Assert.True(node.ExitCode is 0 or 1, await errors);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ForeignVerdict.Parse)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

/// <summary>One verifier's verdict over one credential.</summary>
/// <param name="Credential">The name that the credential was given.</param>
/// <param name="Verifier">The verifier's package.</param>
/// <param name="Verified">What it says.</param>
/// <param name="Cryptosuites">The proofs that it looked at.</param>
/// <param name="Error">Why it refuses.</param>
internal sealed record ForeignVerdict(string Credential, string Verifier, bool Verified, IReadOnlyList<string> Cryptosuites, string? Error)
{
    public static ForeignVerdict Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        JsonElement root = json.RootElement;
        return new(
            Path.GetFileName(root.GetProperty("file").GetString())!,
            root.GetProperty("verifier").GetString()!,
            root.GetProperty("verified").GetBoolean(),
            [.. root.GetProperty("proofs").EnumerateArray().Where(proof => proof.GetProperty("verified").GetBoolean()).Select(proof => proof.GetProperty("cryptosuite").GetString()!)],
            root.TryGetProperty("error", out JsonElement error) ? error.GetString() : null);
    }
}
