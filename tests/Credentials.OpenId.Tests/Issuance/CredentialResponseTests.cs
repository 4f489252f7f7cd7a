using System.Text.Json;
using Credentials.OpenId.Messages;
using Credentials.TestKit;

namespace Credentials.OpenId.Issuance;

/// <summary>What the credential, deferred credential, nonce and notification endpoints say and hear.</summary>
public sealed class CredentialResponseTests
{
    [Fact]
    public void Carries_compact_text_as_text_and_a_document_as_the_object_that_it_is()
    {
        byte[] written = new CredentialResponse { Credentials = ["a.b.c~"u8.ToArray(), """{"id": "urn:x",  "n":1.0}"""u8.ToArray()], NotificationId = "n" }.Write();
        JsonElement credentials = JsonDocument.Parse(written).RootElement.GetProperty("credentials");
        Assert.Equal("a.b.c~", credentials[0].GetProperty("credential").GetString());
        Assert.Equal(JsonValueKind.Object, credentials[1].GetProperty("credential").ValueKind);
        Assert.Equal("""{"id": "urn:x",  "n":1.0}""", credentials[1].GetProperty("credential").GetRawText());
        Assert.Equal("""{"id": "urn:x",  "n":1.0}"""u8.ToArray(), CredentialResponse.Read(written).Value!.Credentials[1].ToArray());
    }

    [Fact]
    public void Says_when_to_come_again()
    {
        CredentialResponse read = CredentialResponse.Read(new CredentialResponse { TransactionId = "t", Interval = 30 }.Write()).Value!;
        Assert.Equal(("t", 30, 0), (read.TransactionId, read.Interval, read.Credentials.Count));
    }

    [Fact]
    public void Passes_over_parameters_that_it_does_not_know() =>
        Assert.True(CredentialResponse.Read("""{"credentials":[{"credential":"a","hint":1}],"c_nonce":"x","other":{}}"""u8.ToArray()).Ok);

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"credentials":[]}""")]
    [InlineData("""{"credentials":["a.b.c"]}""")]
    [InlineData("""{"credentials":[{}]}""")]
    [InlineData("""{"credentials":[{"credential":5}]}""")]
    [InlineData("""{"credentials":[{"credential":"a"}],"transaction_id":"t","interval":5}""")]
    [InlineData("""{"transaction_id":"t","interval":0}""")]
    [InlineData("""{"transaction_id":"t","interval":"soon"}""")]
    public void Refuses_an_answer_with_both_with_neither_or_out_of_shape(string json) =>
        Assert.Equal(IssuanceError.InvalidResponse, CredentialResponse.Read(Utf8.Bytes(json)).Problem!.Code);

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"c_nonce":""}""")]
    [InlineData("""{"c_nonce":null}""")]
    public void Refuses_a_nonce_response_without_nonce(string json) => Assert.False(NonceResponse.Read(Utf8.Bytes(json)).Ok);

    [Theory]
    [InlineData(NotificationRequest.Accepted)]
    [InlineData(NotificationRequest.Failure)]
    [InlineData(NotificationRequest.Deleted)]
    public void A_notification_names_one_of_the_three_events(string what) =>
        Assert.Equal(new("n1", what, "no room"), NotificationRequest.Read(new NotificationRequest("n1", what, "no room").Write()).Value);

    [Theory]
    [InlineData("""{"event":"credential_accepted"}""")]
    [InlineData("""{"notification_id":"n1"}""")]
    [InlineData("""{"notification_id":"n1","event":"CREDENTIAL_ACCEPTED"}""")]
    [InlineData("""{"notification_id":"n1","event":"credential_lost"}""")]
    [InlineData("""{"notification_id":"n1","event":"credential_failure","event_description":"naïve"}""")]
    [InlineData("""{"notification_id":"n1","event":"credential_failure","event_description":"back\\slash"}""")]
    [InlineData("""{"notification_id":"n1","notification_id":"n2","event":"credential_accepted"}""")]
    public void Refuses_a_notification_out_of_shape(string json) =>
        Assert.Equal(IssuanceError.InvalidNotificationRequest, NotificationRequest.Read(Utf8.Bytes(json)).Problem!.Code);

    [Fact]
    public void A_notification_passes_over_parameters_that_it_does_not_know() =>
        Assert.True(NotificationRequest.Read("""{"notification_id":"n1","event":"credential_accepted","x":1}"""u8.ToArray()).Ok);

    [Fact]
    public void An_error_says_nothing_outside_of_the_characters_that_it_may_have()
    {
        string description = JsonDocument.Parse(new ErrorMessage("invalid_proof", "The \"Schlüssel\" is \\ wrong\n→").Write()).RootElement.GetProperty("error_description").GetString()!;
        Assert.All(description, c => Assert.True(c is '\x20' or '\x21' or (>= '\x23' and <= '\x5B') or (>= '\x5D' and <= '\x7E'), $"{(int)c:x}"));
        Assert.Equal("The 'Schl?ssel' is ? wrong??", description);
    }

    [Fact]
    public void Writes_a_notification_whose_words_may_be_sent() =>
        Assert.True(NotificationRequest.Read(new NotificationRequest("n1", NotificationRequest.Failure, "Speicher \"voll\" – ärgerlich").Write()).Ok);
}
