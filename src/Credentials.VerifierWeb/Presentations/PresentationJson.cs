using System.Text.Encodings.Web;
using System.Text.Json;
using Credentials.OpenId.Presentation;
using Credentials.Verification;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>What machines are told of a question, and of its answer.</summary>
internal static class PresentationJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where the web wallet takes requests.</summary>
    public static string WalletOf(string walletBaseUrl) => walletBaseUrl.TrimEnd('/') + "/present";

    /// <summary>An opened question.</summary>
    public static byte[] Opened(PresentationSession session, string baseUrl, string wallet) => Write(writer =>
    {
        string address = $"{baseUrl}/presentations/{session.Id}";
        writer.WriteStartObject();
        writer.WriteString("id", session.Id);
        WriteLinks(writer, session.CrossDevice, wallet);
        writer.WriteString("qr", address + "/qr.svg");
        writer.WriteString("statusUrl", address);
        writer.WriteString("page", address + "/page");
        writer.WriteString("expires", session.Expires);
        writer.WriteStartObject("sameDevice");
        WriteLinks(writer, session.SameDevice, wallet);
        writer.WriteEndObject();
        writer.WritePropertyName("dcql");
        session.Question.Query.Write(writer);
        writer.WriteEndObject();
    });

    /// <summary>How a question stands.</summary>
    /// <param name="session">The question.</param>
    /// <param name="outcome">What came of it, so far as whoever looks may see it.</param>
    /// <param name="now">The time.</param>
    public static byte[] State(PresentationSession session, PresentationOutcome? outcome, DateTimeOffset now) => Write(writer =>
    {
        bool isLocked = outcome is null && session.Closing is not null;
        writer.WriteStartObject();
        writer.WriteString("id", session.Id);
        writer.WriteString("state", outcome is { Problem: not null } ? "refused" : outcome is not null ? "answered" : !isLocked && session.Expires <= now ? "expired" : "open");
        writer.WriteString("query", session.Question.Kind);
        if (session.Question.Level > 0)
        {
            writer.WriteNumber("level", session.Question.Level);
        }

        writer.WriteString("expires", session.Expires);
        if (isLocked)
        {
            writer.WriteBoolean("waitingForReturn", true);
        }

        if (outcome is not null)
        {
            WriteOutcome(writer, outcome);
        }

        writer.WriteEndObject();
    });

    /// <summary>What the wallet is told.</summary>
    public static byte[] Reply(DirectPostReply reply) => Write(writer =>
    {
        writer.WriteStartObject();
        if (reply.Error is { } error)
        {
            writer.WriteString("error", PresentationError.InvalidRequest);
            writer.WriteString("error_description", error.Detail);
        }

        if (reply.RedirectUri is { } uri)
        {
            writer.WriteString("redirect_uri", uri);
        }

        writer.WriteEndObject();
    });

    private static void WriteLinks(Utf8JsonWriter writer, RequestHandle handle, string wallet)
    {
        if (handle.Link!.RequestUri is { } place)
        {
            writer.WriteString("requestUri", place);
        }

        writer.WriteString("deepLink", handle.Link.ToUri(AuthorizationRequest.DeepLink));
        writer.WriteString("walletLink", handle.Link.ToUri(wallet));
    }

    private static void WriteOutcome(Utf8JsonWriter writer, PresentationOutcome outcome)
    {
        if (outcome.Verdict is { } verdict)
        {
            writer.WriteString("verdict", NameOf(verdict));
        }

        writer.WriteString("at", outcome.At);
        if (outcome.Problem is { } problem)
        {
            WriteProblem(writer, problem);
            return;
        }

        // Of an answer that was refused nothing is handed on: what was not asked for is nobody's business.
        writer.WriteStartArray("presentations");
        foreach (JudgedPresentation one in outcome.Presentations)
        {
            writer.WriteStartObject();
            writer.WriteString("credentialQuery", one.QueryId);
            writer.WriteString("format", one.Format);
            writer.WriteString("verdict", NameOf(one.Verdict));
            WriteClaims(writer, one);
            writer.WritePropertyName("result");
            if (one.Presentation is { } presentation)
            {
                VerificationResultJson.Write(writer, presentation);
            }
            else
            {
                VerificationResultJson.Write(writer, one.Credential!);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Nothing in an unproven document means anything.
    private static void WriteClaims(Utf8JsonWriter writer, JudgedPresentation one)
    {
        if (!one.IsProven)
        {
            return;
        }

        writer.WriteStartObject("claims");
        foreach ((string name, JsonElement value) in one.Claims)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter writer, Problem problem)
    {
        writer.WriteStartObject("problem");
        writer.WriteString("type", problem.Type.OriginalString);
        writer.WriteString("code", problem.Code);
        writer.WriteString("title", problem.Code[..1].ToUpperInvariant() + problem.Code[1..].Replace('_', ' ').ToLowerInvariant());
        writer.WriteString("detail", problem.Detail);
        if (problem.Pointer is { } pointer)
        {
            writer.WriteString("pointer", pointer);
        }

        writer.WriteEndObject();
    }

    private static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Verified => "verified",
        Verdict.Rejected => "rejected",
        _ => "indeterminate",
    };

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_options))
        {
            write(writer);
        }

        return stream.ToArray();
    }
}
