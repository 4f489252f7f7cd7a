using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.DcSdJwt;
using Credentials.Enveloping;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>A copy is good no sooner and no longer than its master.</summary>
public sealed class ValidityTests(IssuerApplication app) : IClassFixture<IssuerApplication>
{
    [Theory]
    [InlineData("diploma-sd-jwt")]
    [InlineData("diploma-jwt-vc")]
    [InlineData("diploma-ldp-vc")]
    [InlineData("diploma-vc-jwt")]
    public async Task A_copy_of_a_diploma_that_is_not_valid_yet_is_not_either(string configuration)
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        DateTimeOffset from = new(holder.Now.UtcDateTime.Date.AddDays(30), TimeSpan.Zero);
        JsonObject diploma = Diploma.With("validFrom", from.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        diploma["validUntil"] = from.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        byte[] copy = System.Text.Encoding.UTF8.GetBytes(await holder.AcceptAsync(await Holder.OfferAsync(university, credentialId: await university.Registrar.IssueIdAsync(diploma)), configuration));
        ReadOnlyMemory<byte> document = configuration == "diploma-sd-jwt" ? SdJwtVc.Open(copy).Require().Payload : copy[0] == (byte)'{' ? copy : Envelope.Open(copy).Require().Payload;
        VerifiableCredential read = VerifiableCredential.Parse(document).Require();
        Assert.Equal((from, from.AddDays(1)), (read.ValidFrom, read.ValidUntil));
    }

    [Fact]
    public async Task A_copy_does_not_tell_since_when_its_diploma_is_good()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        string master = await university.Registrar.IssueIdAsync(Diploma.With("validFrom", "2020-07-10T00:00:00Z"));
        SdJwtVc copy = SdJwtVc.Open(System.Text.Encoding.ASCII.GetBytes(await holder.AcceptAsync(await Holder.OfferAsync(university, credentialId: master)))).Require();
        Assert.False(copy.ClaimSet.TryGetProperty("nbf", out _));
    }

    [Fact]
    public async Task Refuses_to_offer_a_diploma_whose_time_is_over()
    {
        University university = await app.CreateUniversityAsync();
        JsonObject diploma = Diploma.With("validFrom", "2020-07-10T00:00:00Z");
        diploma["validUntil"] = "2021-07-10T00:00:00Z";
        string master = await university.Registrar.IssueIdAsync(diploma);
        using HttpResponseMessage offer = await university.Registrar.PostAsJsonAsync($"/credentials/{master}/offers", new { });
        JsonElement problem = await offer.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        Assert.Contains("validUntil", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
