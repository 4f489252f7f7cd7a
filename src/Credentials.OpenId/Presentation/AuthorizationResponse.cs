using System.Text.Json;

namespace Credentials.OpenId.Presentation;

/// <summary>A wallet's answer: presentations, or an error.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-response. Unknown parameters are passed over.</remarks>
public sealed record AuthorizationResponse
{
    private const int MaxDescription = 1000;

    /// <summary>The presentations; null in an error.</summary>
    public VpToken? VpToken { get; init; }

    /// <summary>The request's state, repeated.</summary>
    public string? State { get; init; }

    /// <summary>The code of an error, as in <see cref="PresentationError"/>; null in an answer.</summary>
    public string? Error { get; init; }

    /// <summary>What the wallet says of the error, for engineers.</summary>
    public string? ErrorDescription { get; init; }

    /// <summary>Reads the form of <c>direct_post</c>.</summary>
    public static Parsed<AuthorizationResponse> Read(IReadOnlyDictionary<string, string> form)
    {
        ArgumentNullException.ThrowIfNull(form);
        Parsed<VpToken> token = default;
        if (form.TryGetValue("vp_token", out string? text))
        {
            token = VpToken.Parse(text);
            if (!token.Ok)
            {
                return token.Problem;
            }
        }

        return Check(new AuthorizationResponse
        {
            VpToken = token.Value,
            State = form.GetValueOrDefault("state"),
            Error = form.GetValueOrDefault("error"),
            ErrorDescription = Shortened(form.GetValueOrDefault("error_description")),
        });
    }

    /// <summary>Reads what was encrypted, or the data of an answer through the browser: the parameters as members.</summary>
    public static Parsed<AuthorizationResponse> Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("A response is an object.", "");
        }

        var shape = new JsonShape(json, "");
        Parsed<VpToken> token = default;
        if (shape.Find("vp_token") is { } given)
        {
            token = VpToken.Read(given);
            if (!token.Ok)
            {
                return token.Problem;
            }
        }

        var response = new AuthorizationResponse { VpToken = token.Value, State = shape.Text("state"), Error = shape.Text("error"), ErrorDescription = Shortened(shape.Text("error_description")) };
        return shape.Problem is { } problem ? problem : Check(response);
    }

    /// <summary>The parameters of the form.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToForm()
    {
        (string Name, string? Value)[] all =
        [
            ("vp_token", VpToken is { } token ? System.Text.Encoding.UTF8.GetString(JsonText.Write(token.Write)) : null),
            ("state", State),
            ("error", Error),
            ("error_description", ErrorDescription),
        ];
        return [.. all.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value!))];
    }

    /// <summary>The parameters as members of an object: what is encrypted, or goes through the browser.</summary>
    public byte[] ToUtf8() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        if (VpToken is { } token)
        {
            writer.WritePropertyName("vp_token");
            token.Write(writer);
        }

        foreach ((string name, string? value) in ((string, string?)[])[("state", State), ("error", Error), ("error_description", ErrorDescription)])
        {
            if (value is not null)
            {
                writer.WriteString(name, value);
            }
        }

        writer.WriteEndObject();
    });

    private static Parsed<AuthorizationResponse> Check(AuthorizationResponse response) => response switch
    {
        { VpToken: null, Error: null or "" } => Fault("A response has a vp_token or an error.", "/vp_token"),
        { VpToken: not null, Error: not null } => Fault("A response has a vp_token or an error, not both.", "/error"),
        _ => response,
    };

    private static string? Shortened(string? text) => text is { Length: > MaxDescription } ? text[..MaxDescription] : text;

    private static Problem Fault(string detail, string pointer) => new(PresentationError.InvalidRequest, detail, pointer);
}
