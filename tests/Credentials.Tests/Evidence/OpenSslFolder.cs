using System.Diagnostics;
using System.Globalization;

namespace Credentials.Tests.Evidence;

/// <summary>A folder in which the <c>openssl</c> of this computer works: the second opinion on time-stamps.</summary>
internal sealed class OpenSslFolder : IDisposable
{
    private const string Configuration = """
        [tsa]
        default_tsa = one
        [one]
        serial = ./serial
        default_policy = 1.2.3.4.1
        digests = sha256
        signer_digest = sha256
        ess_cert_id_alg = sha256
        [req]
        distinguished_name = name
        [name]
        [ext]
        keyUsage = critical,digitalSignature
        extendedKeyUsage = critical,timeStamping
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openssl-ts");

    public void Write(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(Path.Combine(_folder.FullName, name), bytes);

    public byte[] Read(string name) => File.ReadAllBytes(Path.Combine(_folder.FullName, name));

    /// <summary>A token over a SHA-256 digest by OpenSSL's own authority, whose certificate is then in <c>tsa.der</c>.</summary>
    public async Task<byte[]> StampAsync(Credentials.Anchoring.Bytes32 digest)
    {
        Write("tsa.cnf", System.Text.Encoding.UTF8.GetBytes(Configuration));
        Write("serial", "01\n"u8);
        await RunAsync("req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -subj /CN=OpenSSL -days 2 -config tsa.cnf -extensions ext");
        await RunAsync("x509 -in tsa.pem -outform DER -out tsa.der");
        await RunAsync($"ts -query -digest {digest.ToString()[2..]} -sha256 -cert -out query.tsq");
        await RunAsync("ts -reply -config tsa.cnf -queryfile query.tsq -inkey tsa.key -signer tsa.pem -token_out -out reply.der");
        return Read("reply.der");
    }

    /// <summary>Runs one command; fails with what it printed when it does.</summary>
    public async Task<string> RunAsync(string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = _folder.FullName, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"openssl {arguments}: {process.ExitCode} {output}"));
        return output;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
