using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.Status;

namespace Credentials.IssuerApi.Tests.Status;

/// <summary>A diploma that another one replaces is revoked, and its reason names the other.</summary>
public sealed class SupersededTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task A_superseded_diploma_is_revoked_on_list_and_chain_and_the_list_of_messages_names_the_new_one()
    {
        University university = await issuer.CreateUniversityAsync();
        (VerifiableCredential old, VerifiableCredential successor) = (await IssueAsync(university), await IssueAsync(university));
        using HttpResponseMessage answer = await SupersedeAsync(university, old.Id!, successor.Id!);
        JsonElement status = await answer.ReadAsync(HttpStatusCode.OK);
        Assert.Equal((true, successor.Id), (status.GetProperty("revoked").GetBoolean(), status.GetProperty("replacedBy").GetString()));

        BitstringStatusListEntry entry = old.StatusEntries.Single(each => each.StatusPurpose == "message");
        BitstringStatusListCredential list = await ListAsync(entry);
        Assert.Equal(successor.Id, list.Replacements[entry.StatusListIndex]);
        Assert.Equal(("superseded", true), (entry.MessageFor(1)!.Texts[0].Value, list.List[(int)entry.StatusListIndex]));
        Assert.False(list.Replacements.ContainsKey(successor.StatusEntries.Single(each => each.StatusPurpose == "message").StatusListIndex));
        JsonElement state = await university.Registrar.WaitForAsync($"/credentials/{old.Id}/state", now => now.TryGetProperty("revocationState", out JsonElement revocation) && revocation.GetString() == "finalized");
        Assert.Equal(("superseded", successor.Id), (state.GetProperty("status").GetString(), state.GetProperty("replacedBy").GetString()));
    }

    [Fact]
    public async Task The_public_link_of_a_superseded_diploma_still_gives_the_file_and_names_the_new_one()
    {
        University university = await issuer.CreateUniversityAsync();
        (VerifiableCredential old, VerifiableCredential successor) = (await IssueAsync(university), await IssueAsync(university));
        JsonElement state = await university.Registrar.WaitForAsync($"/credentials/{old.Id}/state", _ => true);
        string link = new Uri(state.GetProperty("links").GetProperty("public").GetString()!).PathAndQuery;
        using HttpResponseMessage before = await issuer.ClientOf(null).GetAsync(link);
        Assert.False(before.Headers.Contains("Link"));
        (await SupersedeAsync(university, old.Id!, successor.Id!)).EnsureSuccessStatusCode();

        using HttpResponseMessage after = await issuer.ClientOf(null).GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal($"<{successor.Id}>; rel=\"successor-version\"", Assert.Single(after.Headers.GetValues("Link")));
    }

    [Fact]
    public async Task What_a_registrar_called_the_new_one_is_not_published()
    {
        University university = await issuer.CreateUniversityAsync();
        VerifiableCredential old = await IssueAsync(university);
        VerifiableCredential successor = await IssueAsync(university, Diploma.With("id", "https://u.example/students/12345"));
        using HttpResponseMessage answer = await SupersedeAsync(university, old.Id!, successor.Id!);
        string replacedBy = (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("replacedBy").GetString()!;
        Assert.StartsWith("urn:uuid:", replacedBy, StringComparison.Ordinal);
        await university.Registrar.WaitForAsync($"/credentials/{replacedBy["urn:uuid:".Length..]}/state", state => state.GetProperty("credentialId").GetString() == successor.Id);
    }

    [Fact]
    public async Task A_diploma_that_was_revoked_may_be_said_to_be_replaced_later_and_twice_is_once()
    {
        University university = await issuer.CreateUniversityAsync();
        (VerifiableCredential old, VerifiableCredential successor) = (await IssueAsync(university), await IssueAsync(university));
        (await university.Registrar.PostStatusAsync(old.Id!, "revocation", true)).EnsureSuccessStatusCode();
        (await SupersedeAsync(university, old.Id!, successor.Id!)).EnsureSuccessStatusCode();
        (await SupersedeAsync(university, old.Id!, successor.Id!)).EnsureSuccessStatusCode();
        using HttpResponseMessage back = await university.Registrar.PostStatusAsync(old.Id!, "revocation", false);
        await back.ReadProblemAsync(HttpStatusCode.Conflict, "REVOCATION_IS_FINAL");
    }

    [Fact]
    public async Task Refuses_what_is_not_there_itself_another_institutions_or_revoked_and_changes_nothing()
    {
        (University university, University other) = (await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync());
        (VerifiableCredential old, VerifiableCredential revoked, VerifiableCredential foreign) = (await IssueAsync(university), await IssueAsync(university), await IssueAsync(other));
        (await university.Registrar.PostStatusAsync(revoked.Id!, "revocation", true)).EnsureSuccessStatusCode();
        foreach (string id in new[] { "urn:uuid:" + Guid.NewGuid(), old.Id!, foreign.Id! })
        {
            using HttpResponseMessage answer = await SupersedeAsync(university, old.Id!, id);
            JsonElement problem = await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
            Assert.Equal("/credentialStatus/0/replacedBy", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        }

        using HttpResponseMessage dead = await SupersedeAsync(university, old.Id!, revoked.Id!);
        await dead.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        await university.Registrar.WaitForAsync($"/credentials/{old.Id}/state", state => state.GetProperty("status").GetString() == "active");
    }

    [Fact]
    public async Task Refuses_another_successor_and_a_circle()
    {
        University university = await issuer.CreateUniversityAsync();
        (VerifiableCredential a, VerifiableCredential b, VerifiableCredential c) = (await IssueAsync(university), await IssueAsync(university), await IssueAsync(university));
        (await SupersedeAsync(university, a.Id!, b.Id!)).EnsureSuccessStatusCode();
        using HttpResponseMessage other = await SupersedeAsync(university, a.Id!, c.Id!);
        await other.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        using HttpResponseMessage circle = await SupersedeAsync(university, b.Id!, a.Id!);
        await circle.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    private static Task<HttpResponseMessage> SupersedeAsync(University university, string id, string replacedBy) => university.Registrar.PostAsJsonAsync("/credentials/status", new
    {
        credentialId = id,
        credentialStatus = new[] { new { type = "BitstringStatusListEntry", statusPurpose = "superseded", status = true, replacedBy } },
    });

    private static async Task<VerifiableCredential> IssueAsync(University university, JsonObject? unsigned = null) =>
        VerifiableCredential.Parse(JsonSerializer.SerializeToUtf8Bytes((await university.Registrar.IssueAsync(unsigned)).GetProperty("verifiableCredential"))).Require();

    private async Task<BitstringStatusListCredential> ListAsync(BitstringStatusListEntry entry)
    {
        using HttpResponseMessage answer = await issuer.ClientOf(null).GetAsync(entry.StatusListCredential.PathAndQuery);
        return BitstringStatusListCredential.Read(VerifiableCredential.Parse(await answer.Content.ReadAsByteArrayAsync()).Require()).Require();
    }
}
