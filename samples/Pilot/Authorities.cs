using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Credentials.Pilot;

/// <summary>Who vouches in the sample world: a ministry, which everybody trusts, for an agency, which knows the universities. Institutions of the same issuer, for want of another.</summary>
internal sealed class Authorities(LocalPilot pilot) : IDisposable
{
    public const string MinistryName = "Ministério da Educação Modelo";
    public const string AgencyName = "Agência Modelo de Acreditação";
    private const string Ministry = "sample-ministry";
    private const string Agency = "sample-agency";

    private static readonly string[] s_awards = ["EQF5", "EQF6", "EQF7", "EQF8", "awards"];

    private readonly HttpClient _http = new()
    {
        BaseAddress = pilot.IssuerUrl,
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", pilot.Settings.AdministratorKey) },
    };

    /// <summary>Creates both at the first start, and lets the ministry vouch for the agency: for bachelors and masters, and for vouching for others.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (pilot.Settings.MinistryInstitution is not null)
        {
            return;
        }

        string ministry = await CreateAsync(Ministry, MinistryName, cancellationToken);
        await CreateAsync(Agency, AgencyName, cancellationToken);
        await PostAsync($"/institutions/{Ministry}/accreditations", new JsonObject { ["institution"] = Agency, ["scope"] = Scope("accredits") }, cancellationToken);
        pilot.Remember(settings => settings with { MinistryInstitution = ministry });
    }

    /// <summary>Lets the agency vouch for an institution of the issuer; once, however often it is asked.</summary>
    public Task AccreditAsync(string institution, CancellationToken cancellationToken) =>
        PostAsync($"/institutions/{Agency}/accreditations", new JsonObject { ["institution"] = institution, ["scope"] = Scope() }, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static JsonArray Scope(params string[] more) => [.. s_awards.Concat(more).Select(code => JsonValue.Create(code))];

    /// <returns>Its id in the registry.</returns>
    private async Task<string> CreateAsync(string slug, string name, CancellationToken cancellationToken)
    {
        using HttpResponseMessage known = await _http.GetAsync(new Uri($"/institutions/{slug}", UriKind.Relative), cancellationToken);
        JsonNode institution = known.IsSuccessStatusCode
            ? (await known.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!
            : await PostAsync("/institutions", new JsonObject { ["slug"] = slug, ["name"] = name, ["country"] = "BR" }, cancellationToken);
        await pilot.FundAsync((string)institution["chainAccount"]!, cancellationToken);
        return (string)institution["chainInstitution"]!;
    }

    private async Task<JsonNode> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, cancellationToken);
        string text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new PilotException($"The issuer refused POST {path}: {(int)answer.StatusCode} {text}");
    }
}
