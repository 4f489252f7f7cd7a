using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.Interop;

/// <summary>Runs <c>tests/Interop/envelopes.mjs</c>: jose, @sd-jwt/core and @auth0/cose.</summary>
internal static class ForeignEnvelopes
{
    /// <summary>Does one task after the other, and gives the answers; a task that failed has an <c>error</c>.</summary>
    public static async Task<IReadOnlyList<JsonElement>> RunAsync(params JsonObject[] tasks)
    {
        var start = new ProcessStartInfo("node", ["envelopes.mjs"]) { WorkingDirectory = InteropTools.Folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process node = Process.Start(start)!;
        Task<string> errors = node.StandardError.ReadToEndAsync();
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        await node.StandardInput.WriteAsync(new JsonArray(tasks).ToJsonString());
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await errors);
        return [.. JsonDocument.Parse(await output).RootElement.EnumerateArray()];
    }

    /// <summary>The one answer, which must be there.</summary>
    public static async Task<JsonElement> AnswerAsync(JsonObject task)
    {
        JsonElement result = (await RunAsync(task))[0];
        return result.TryGetProperty("answer", out JsonElement answer) ? answer : throw new InvalidOperationException(result.GetProperty("error").GetString());
    }

    /// <summary>A public key as they read it.</summary>
    public static JsonObject Jwk(PublicKey key)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            JsonWebKey.Write(writer, key);
        }

        return JsonNode.Parse(stream.ToArray())!.AsObject();
    }

    /// <summary>A private key as they read it.</summary>
    public static JsonObject Jwk(SigningKey key)
    {
        JsonObject jwk = Jwk(key.PublicKey);
        jwk["d"] = StrictBase64Url.Encode(key.ExportSecret());
        return jwk;
    }
}
