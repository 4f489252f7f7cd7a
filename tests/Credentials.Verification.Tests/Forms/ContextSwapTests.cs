using System.Text.Json.Nodes;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forms;

/// <summary>A signature over statements holds whatever the document calls them. Whoever exchanges the contexts may exchange the words: none of that is ever verified.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-integrity/#validating-contexts</remarks>
public sealed class ContextSwapTests
{
    private const string Vocabulary = "https://www.w3.org/ns/credentials/undefined-term#";

    private const string Credentials2018 = "https://www.w3.org/2018/credentials#";

    public static TheoryData<string> Forms => FormBench.CredentialForms;

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_two_words_that_changed_places_by_an_appended_context(string form) => NeverVerifies(form, json =>
    {
        json["@context"]!.AsArray().Add(new JsonObject { ["degreeName"] = Vocabulary + "thesisTitle", ["thesisTitle"] = Vocabulary + "degreeName" });
        JsonNode award = json["credentialSubject"]!["award"]!;
        (award["degreeName"], award["thesisTitle"]) = (award["thesisTitle"]!.DeepClone(), award["degreeName"]!.DeepClone());
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_two_words_that_changed_places_by_a_context_inside(string form) => NeverVerifies(form, json =>
    {
        JsonNode award = json["credentialSubject"]!["award"]!;
        award["@context"] = new JsonObject { ["degreeName"] = Vocabulary + "thesisTitle", ["thesisTitle"] = Vocabulary + "degreeName" };
        (award["degreeName"], award["thesisTitle"]) = (award["thesisTitle"]!.DeepClone(), award["degreeName"]!.DeepClone());
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_a_word_that_was_hidden_behind_another(string form) => NeverVerifies(form, json =>
    {
        json["@context"]!.AsArray().Add(new JsonObject { ["remark"] = Vocabulary + "grade" });
        JsonObject award = json["credentialSubject"]!["award"]!.AsObject();
        award["remark"] = award["grade"]!.DeepClone();
        award.Remove("grade");
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_a_value_that_was_made_by_a_default_language(string form) => NeverVerifies(form, json =>
    {
        json["@context"]!.AsArray().Add(new JsonObject { ["@language"] = "pt-BR" });
        json["credentialSubject"]!["name"] = "Concei\u00e7\u00e3o Exemplo";
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_words_that_lead_to_the_same_by_a_prefix(string form) => NeverVerifies(form, json =>
    {
        json["@context"]!.AsArray().Add(new JsonObject { ["u"] = Vocabulary });
        JsonObject award = json["credentialSubject"]!["award"]!.AsObject();
        award["u:grade"] = award["grade"]!.DeepClone();
        award.Remove("grade");
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_an_end_of_validity_that_hides_behind_its_IRI(string form) => NeverVerifies(form, json => SpellOut(json, "validUntil", "http://www.w3.org/2001/XMLSchema#dateTime"), Ended);

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_a_status_that_hides_behind_its_IRI(string form) => NeverVerifies(form, json =>
    {
        json[Credentials2018 + "credentialStatus"] = json["credentialStatus"]!.DeepClone();
        json.Remove("credentialStatus");
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_an_end_of_validity_that_was_moved_into_an_included_block(string form) => NeverVerifies(form, json =>
    {
        json["@included"] = new JsonArray(new JsonObject { ["id"] = json["id"]!.DeepClone(), ["type"] = "VerifiableCredential", ["validUntil"] = json["validUntil"]!.DeepClone() });
        json.Remove("validUntil");
    }, Ended);

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_an_end_of_the_proof_that_hides_behind_its_IRI(string form) => FormWorld.IsEnvelope(form) ? Task.CompletedTask : NeverVerifies(form, json =>
    {
        string iri = "https://w3id.org/security#expiration";
        JsonObject proof = json["proof"]!.AsObject();
        proof[iri] = new JsonObject { ["@type"] = "http://www.w3.org/2001/XMLSchema#dateTime", ["@value"] = proof["expires"]!.DeepClone() };
        proof.Remove("expires");
    }, options: said => said with { Expires = Samples.Time });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_a_type_that_hides_behind_its_IRI(string form) => NeverVerifies(form, json => json["type"]![1] = Vocabulary + "Diploma");

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_an_object_that_was_taken_apart_under_a_blank_name(string form) => NeverVerifies(form, json =>
    {
        JsonObject award = json["credentialSubject"]!["award"]!.AsObject();
        var grade = new JsonObject { ["id"] = "_:award", ["grade"] = award["grade"]!.DeepClone() };
        award.Remove("grade");
        award["id"] = "_:award";
        json["credentialSubject"]!["award"] = new JsonArray(award.DeepClone(), grade);
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_a_subject_that_was_taken_apart(string form) => NeverVerifies(form, json =>
    {
        JsonObject subject = json["credentialSubject"]!.AsObject();
        var award = new JsonObject { ["id"] = subject["id"]!.DeepClone(), ["award"] = subject["award"]!.DeepClone() };
        subject.Remove("award");
        json["credentialSubject"] = new JsonArray(subject.DeepClone(), award);
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_an_end_of_validity_that_was_moved_to_a_subject_that_is_the_credential(string form) => NeverVerifies(form, json =>
    {
        json["credentialSubject"]!["validUntil"] = json["validUntil"]!.DeepClone();
        json.Remove("validUntil");
    }, json =>
    {
        Ended(json);
        json["credentialSubject"]!["id"] = json["id"]!.DeepClone();
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_an_id_that_hides_behind_its_keyword(string form) => NeverVerifies(form, json =>
    {
        JsonObject subject = json["credentialSubject"]!.AsObject();
        subject["@id"] = subject["id"]!.DeepClone();
        subject.Remove("id");
    });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_a_context_that_was_replaced_by_one_that_says_the_same(string form) => NeverVerifies(form, json =>
        json["@context"]!.AsArray()[^1] = new JsonObject { ["@vocab"] = Vocabulary });

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_a_context_that_was_replaced_by_another_of_the_library(string form) => NeverVerifies(form, json =>
        json["@context"]!.AsArray()[^1] = "https://www.w3.org/ns/credentials/examples/v2");

    [Theory]
    [MemberData(nameof(Forms))]
    public Task Never_verifies_a_context_that_nobody_knows(string form) => NeverVerifies(form, json =>
        json["@context"]!.AsArray().Insert(1, "https://evil.example/contexts/v2"));

    [Fact]
    public async Task Verifies_them_for_who_reads_nothing_but_JSON_LD()
    {
        byte[] signed = await FormBench.CredentialAsync("eddsa-rdfc-2022", KeyType.Ed25519);
        byte[] appended = Text.Edit(signed, json => json["@context"]!.AsArray().Add(new JsonObject { ["remark"] = Vocabulary + "remark" }));
        CredentialVerifier verifier = FormBench.VerifierWith(VerificationPolicy.Offline.WithForeignWordsUnsafe());

        (await FormBench.VerifyAsync(appended)).CannotTell(CheckName.Proof, ProblemCode.UnknownContext);
        (await verifier.VerifyAsync(appended, CancellationToken.None)).IsVerified();
    }

    [Fact]
    public async Task Shows_what_the_waiver_costs_a_reader_of_JSON()
    {
        byte[] ended = await FormBench.CredentialAsync("eddsa-rdfc-2022", KeyType.Ed25519, Ended);
        byte[] hidden = Text.Edit(ended, json => SpellOut(json, "validUntil", "http://www.w3.org/2001/XMLSchema#dateTime"));
        CredentialVerifier verifier = FormBench.VerifierWith(VerificationPolicy.Offline.WithForeignWordsUnsafe());

        (await verifier.VerifyAsync(ended, CancellationToken.None)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
        (await verifier.VerifyAsync(hidden, CancellationToken.None)).IsVerified();
        (await FormBench.VerifyAsync(hidden)).CannotTell(CheckName.Proof, ProblemCode.UnknownContext);
    }

    // The suites over JCS sign the words. A context that is appended changes none of them, and the specification allows it: https://www.w3.org/TR/vc-di-eddsa/#proof-verification-eddsa-jcs-2022.
    [Theory]
    [InlineData("ecdsa-jcs-2019")]
    [InlineData("eddsa-jcs-2022")]
    public async Task Verifies_a_context_appended_to_words_that_are_signed_and_to_nothing_else(string form)
    {
        byte[] signed = await FormBench.CredentialAsync(form, FormBench.KeyOf(form));

        (await FormBench.VerifyAsync(Text.Edit(signed, json => json["@context"]!.AsArray().Add("https://elsewhere.example/v1")))).IsVerified();
        (await FormBench.VerifyAsync(Text.Edit(signed, json => json["@context"]!.AsArray().Insert(1, "https://elsewhere.example/v1")))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
        (await FormBench.VerifyAsync(Text.Edit(signed, json => json["@context"]!.AsArray().RemoveAt(1)))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    private static void Ended(JsonObject json) => json["validUntil"] = "2026-09-01T00:00:00Z";

    private static void SpellOut(JsonObject json, string word, string type)
    {
        json[Credentials2018 + word] = new JsonObject { ["@type"] = type, ["@value"] = json[word]!.DeepClone() };
        json.Remove(word);
    }

    private static async Task NeverVerifies(string form, Action<JsonObject> edit, Action<JsonObject>? before = null, Func<SecuringOptions, SecuringOptions>? options = null)
    {
        byte[] signed = await FormBench.CredentialAsync(form, FormBench.KeyOf(form), before, said => (options ?? (same => same))(said with { Disclosures = DisclosureFrame.None }));
        VerificationResult result = await FormBench.VerifyAsync(Changed.WithPayload(signed, Text.Edit(Changed.PayloadOf(signed), edit)));

        Assert.True(result.Verdict != Verdict.Verified, $"{form}: {result.Show()}");
        Assert.Equal(before is null && options is null, (await FormBench.VerifyAsync(signed)).Verdict == Verdict.Verified);
    }
}
