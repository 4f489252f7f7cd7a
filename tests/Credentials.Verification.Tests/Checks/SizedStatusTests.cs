using System.Globalization;
using System.Text.Json.Nodes;
using Credentials.Status;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Checks;

/// <summary>Entries of several bits, messages, and what a newer copy of a credential means.</summary>
public sealed class SizedStatusTests
{
    private const string ListUrl = "https://status.example/lists/sized";
    private const string Messages = """[{"status":"0x0","message":"valid"},{"status":"0x1","message":[{"@value":"lost in the mail","@language":"en"},{"@value":"perdido en el correo","@language":"es"}]},{"status":"0x2","message":"pending review"},{"status":"0x3","message":"undefined"}]""";
    private const int TwoBits = BitstringStatusList.MinimumLength * 2;

    [Theory]
    [InlineData(0, "valid")]
    [InlineData(1, "lost in the mail")]
    [InlineData(2, "pending review")]
    [InlineData(3, "undefined")]
    public async Task Tells_a_message_and_is_not_decided_by_it(int value, string text)
    {
        VerificationResult result = await VerifyAsync("message", value);
        result.IsVerified();
        result.Is(CheckName.Status, CheckOutcome.Skipped);
        Assert.Contains(text, result[CheckName.Status].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_a_message_in_the_language_of_the_one_who_asks()
    {
        CultureInfo before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo("es");
        try
        {
            Assert.Contains("perdido en el correo", (await VerifyAsync("message", 1))[CheckName.Status].Detail, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public async Task Tells_a_message_without_words_by_its_number()
    {
        VerificationResult result = await VerifyAsync("message", 1, entry =>
        {
            entry.Remove("statusMessage");
            entry.Remove("statusSize");
        });
        result.IsVerified();
        Assert.Contains("is unset", result[CheckName.Status].Detail, StringComparison.Ordinal); // bit 7 of what entry 7 of two bits wrote at 14 and 15
    }

    [Theory]
    [InlineData(0, "no newer copy")]
    [InlineData(1, "a newer copy")]
    public async Task Tells_of_a_newer_copy_and_is_not_decided_by_it(int value, string words)
    {
        VerificationResult result = await VerifyAsync("refresh", value);
        result.IsVerified();
        Assert.Contains(words, result[CheckName.Status].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("message")]
    [InlineData("refresh")]
    public async Task Keeps_a_message_that_could_not_be_had_apart_from_one_that_is_unset(string purpose)
    {
        VerificationResult result = await VerifyAsync(purpose, 1, happens: world => world.Web.Break(ListUrl, "connection refused"));
        result.IsVerified();
        Assert.Contains("is not known", result[CheckName.Status].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("revocation", ProblemCode.CredentialRevoked)]
    [InlineData("suspension", ProblemCode.CredentialSuspended)]
    public async Task Rejects_any_value_but_zero_of_a_purpose_that_decides(string purpose, string code)
    {
        (await VerifyAsync(purpose, 0)).IsVerified();
        foreach (int value in (int[])[1, 2, 3])
        {
            (await VerifyAsync(purpose, value)).IsRejected(CheckName.Status, code);
        }
    }

    [Fact]
    public async Task Says_why_in_the_issuers_words_when_it_has_any() =>
        Assert.Contains("pending review", (await VerifyAsync("suspension", 2)).Decisive!.Detail, StringComparison.Ordinal);

    [Fact]
    public async Task Cannot_tell_by_a_list_too_short_for_entries_of_that_size() =>
        (await VerifyAsync("revocation", 0, length: BitstringStatusList.MinimumLength)).CannotTell(CheckName.Status, ProblemCode.StatusListLengthError);

    [Fact]
    public async Task Cannot_tell_by_an_index_that_counts_bits_instead_of_entries() =>
        (await VerifyAsync("revocation", 0, entry => entry["statusListIndex"] = (TwoBits - 1).ToString(CultureInfo.InvariantCulture))).CannotTell(CheckName.Status, ProblemCode.RangeError);

    [Fact]
    public async Task Cannot_tell_by_a_list_that_speaks_of_something_else() =>
        (await VerifyAsync("revocation", 0, listPurpose: "suspension")).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task One_list_may_speak_of_several_purposes() =>
        (await VerifyAsync("suspension", 1, listPurpose: "revocation suspension")).IsRejected(CheckName.Status, ProblemCode.CredentialSuspended);

    private static async Task<VerificationResult> VerifyAsync(string purpose, int value, Action<JsonObject>? edit = null, int length = TwoBits, string? listPurpose = null, Action<TestWorld>? happens = null)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        JsonObject entry = new()
        {
            ["type"] = BitstringStatusListEntry.Type,
            ["statusPurpose"] = purpose,
            ["statusListIndex"] = "7",
            ["statusListCredential"] = ListUrl,
            ["statusSize"] = 2,
            ["statusMessage"] = JsonNode.Parse(Messages),
        };
        edit?.Invoke(entry);
        (byte[] text, _, _) = world.Issuer.Prepare("brazil");
        byte[] signed = await world.Issuer.SignAsync(Text.Edit(text, json => json["credentialStatus"] = entry));

        var list = new BitstringStatusList(length);
        list.SetValueAt(7, 2, value);
        byte[] unsigned = BitstringStatusListCredential.Build(new Uri(ListUrl), world.Issuer.Did, "revocation", list, world.Clock.Now, world.Clock.Now.AddDays(1), TimeSpan.FromMinutes(5));
        string[] purposes = (listPurpose ?? purpose).Split(' ');
        world.Web.Put(ListUrl, await world.Issuer.SignAsync(Text.Edit(unsigned, json => json["credentialSubject"]!["statusPurpose"] = purposes.Length == 1 ? purposes[0] : new JsonArray([.. purposes.Select(name => (JsonNode)name)]))));
        happens?.Invoke(world);
        return await world.VerifyAsync(signed);
    }
}
