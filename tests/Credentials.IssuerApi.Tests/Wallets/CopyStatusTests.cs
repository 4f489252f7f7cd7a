using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credentials.DataModel;
using Credentials.Status;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>What befalls a master and its copies, and what they do not tell of one another.</summary>
public sealed class CopyStatusTests(IssuerApplication app) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Superseding_a_master_revokes_its_copies_and_publishes_nothing_that_joins_them()
    {
        University university = await app.CreateUniversityAsync();
        (string master, string successor) = (await university.Registrar.IssueIdAsync(), await university.Registrar.IssueIdAsync());
        Copy first = await CopyAsync(university, master);
        Copy second = await CopyAsync(university, master);
        (await SupersedeAsync(university, master, successor)).EnsureSuccessStatusCode();
        Assert.Equal((TokenStatusList.Invalid, TokenStatusList.Invalid), (await StatusAsync(first), await StatusAsync(second)));

        using HttpClient anybody = app.ClientOf(null);
        JsonElement messages = await anybody.GetFromJsonAsync<JsonElement>(first.List.AbsolutePath.Replace("/token", "/message", StringComparison.Ordinal));
        var list = BitstringStatusListCredential.Read(VerifiableCredential.Parse(JsonSerializer.SerializeToUtf8Bytes(messages)).Require()).Require();
        Assert.Equal((false, false), (list.List[first.Index], list.List[second.Index]));
        Assert.Equal("urn:uuid:" + successor, Assert.Single(list.Replacements).Value);
        foreach (Copy copy in (Copy[])[first, second])
        {
            JsonElement state = await university.Registrar.GetFromJsonAsync<JsonElement>($"/credentials/{copy.Id}/state");
            Assert.Equal("revoked", state.GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task Refuses_a_copy_as_successor_and_the_supersession_of_a_copy()
    {
        University university = await app.CreateUniversityAsync();
        (string master, string other) = (await university.Registrar.IssueIdAsync(), await university.Registrar.IssueIdAsync());
        Copy copy = await CopyAsync(university, master);
        using HttpResponseMessage byCopy = await SupersedeAsync(university, other, copy.Id);
        await byCopy.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        using HttpResponseMessage ofCopy = await SupersedeAsync(university, copy.Id, other);
        await ofCopy.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        Assert.Equal(TokenStatusList.Valid, await StatusAsync(copy));
    }

    [Fact]
    public async Task A_copy_stays_suspended_while_its_master_is_or_it_is_by_itself()
    {
        University university = await app.CreateUniversityAsync();
        string master = await university.Registrar.IssueIdAsync();
        Copy alone = await CopyAsync(university, master);
        Copy other = await CopyAsync(university, master);
        (await university.Registrar.PostStatusAsync(alone.Id, "suspension", true)).EnsureSuccessStatusCode();
        Assert.Equal((TokenStatusList.Suspended, TokenStatusList.Valid), (await StatusAsync(alone), await StatusAsync(other)));
        (await university.Registrar.PostStatusAsync(master, "suspension", true)).EnsureSuccessStatusCode();
        using HttpResponseMessage early = await university.Registrar.PostStatusAsync(other.Id, "suspension", false);
        await early.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        Assert.Equal((TokenStatusList.Suspended, TokenStatusList.Suspended), (await StatusAsync(alone), await StatusAsync(other)));
        (await university.Registrar.PostStatusAsync(master, "suspension", false)).EnsureSuccessStatusCode();
        Assert.Equal((TokenStatusList.Suspended, TokenStatusList.Valid), (await StatusAsync(alone), await StatusAsync(other)));
        (await university.Registrar.PostStatusAsync(alone.Id, "suspension", false)).EnsureSuccessStatusCode();
        Assert.Equal(TokenStatusList.Valid, await StatusAsync(alone));
    }

    private static Task<HttpResponseMessage> SupersedeAsync(University university, string id, string replacedBy) => university.Registrar.PostAsJsonAsync("/credentials/status", new
    {
        credentialId = id,
        credentialStatus = new[] { new { type = "BitstringStatusListEntry", statusPurpose = "superseded", status = true, replacedBy } },
    });

    private async Task<Copy> CopyAsync(University university, string master)
    {
        using Holder holder = new(app, university);
        JsonElement copy = JsonDocument.Parse(await holder.AcceptAsync(await Holder.OfferAsync(university, credentialId: master), "diploma-ldp-vc")).RootElement;
        JsonElement entry = copy.GetProperty("credentialStatus").EnumerateArray().First(each => each.TryGetProperty("statusPurpose", out JsonElement purpose) && purpose.GetString() == "revocation");
        return new Copy(copy.GetProperty("id").GetString()!["urn:uuid:".Length..], new Uri(new Uri(entry.GetProperty("statusListCredential").GetString()!), "token"), int.Parse(entry.GetProperty("statusListIndex").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task<byte> StatusAsync(Copy copy)
    {
        using HttpClient anybody = app.ClientOf(null);
        return StatusListToken.Open(await anybody.GetByteArrayAsync(copy.List.AbsolutePath)).Require().Claims.List[copy.Index];
    }

    private sealed record Copy(string Id, Uri List, int Index);
}
