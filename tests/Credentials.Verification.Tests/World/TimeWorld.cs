using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Dids;
using Credentials.Evidence;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Verification.Tests.World;

/// <summary>A university with a history: a ministry gave an agency the right to accredit, the agency accredited the university, the university wrote its key down and anchored. The diplomas have no status list; today is years later.</summary>
internal sealed class TimeWorld : IDisposable
{
    public const AccreditationScope AllLevels = (AccreditationScope)0b1_1111_1111;

    public static readonly DateTimeOffset Anchored = Samples.Time;
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public TimeWorld(string did = "did:web:universidade-modelo.example")
    {
        Issuer = new SampleIssuer("universidade-modelo") { Did = did };
        Registry = new(Issuer.Registry, Clock);
        Identity = InstitutionIdentity.Create(Issuer.Did, "Universidade Modelo de São Paulo", "BR");
        Registry.TakeIdentity(Ministry, MinistryIdentity.Hash, Anchored - (1200 * Day));
        Registry.TakeIdentity(Agency, AgencyIdentity.Hash, Anchored - (1100 * Day));
        Registry.TakeIdentity(Issuer.Institution, Identity.Hash, Anchored - (600 * Day));
        Registry.Accreditations[ToAgency] = new(Anchored - (1000 * Day), null, null, AllLevels | AccreditationScope.Accredits);
        Registry.Accreditations[ToUniversity] = new(Anchored - (500 * Day), null, null, AccreditationScope.EqfLevel6 | AccreditationScope.EqfLevel7);
        AddKey(Issuer.P256.PublicKey, Anchored - (400 * Day));
        Web.Put(DidUrl, Issuer.DocumentText);
    }

    public static InstitutionId Ministry { get; } = Id(1);

    public static InstitutionId Agency { get; } = Id(2);

    public static InstitutionIdentity MinistryIdentity { get; } = InstitutionIdentity.Create("did:web:ministry.example", "Ministry of Education", "BR");

    public static InstitutionIdentity AgencyIdentity { get; } = InstitutionIdentity.Create("did:web:agency.example", "Quality Agency", "BR");

    public static AccreditationLink ToAgency { get; } = new(Ministry, Agency, AgencyIdentity.Hash, 0);

    public TestClock Clock { get; } = new(Anchored + (900 * Day));

    public TestWeb Web { get; } = new();

    public SampleIssuer Issuer { get; }

    public HistoryRegistry Registry { get; }

    public InstitutionIdentity Identity { get; }

    public string Method => Issuer.Did + "#p256";

    public string DidUrl => $"https://{Issuer.Did["did:web:".Length..]}/.well-known/did.json";

    public AccreditationLink ToUniversity => new(Agency, Issuer.Institution, Identity.Hash, 3);

    public AccreditationPath Path => new(Issuer.Registry, Issuer.Institution, [ToUniversity, ToAgency], [Identity, AgencyIdentity]);

    public TrustedAccreditor TrustedMinistry => new(Issuer.Registry, Ministry, "the Ministry");

    public TrustedAccreditor TrustedAgency => new(Issuer.Registry, Agency, "the Agency");

    /// <summary>Somebody who trusts the chain and the ministry, and was told the path.</summary>
    public TrustedMaterial Trusted => Unaccredited with { Accreditors = [TrustedMinistry], AccreditationPaths = [Path] };

    /// <summary>Somebody who trusts the chain and no accreditor.</summary>
    public TrustedMaterial Unaccredited => new() { Registries = [Registry], DidResolver = DidResolver.Online(Web), Fetcher = Web };

    /// <summary>Somebody who knows the university itself.</summary>
    public TrustedMaterial Pinning => Unaccredited with { PinnedInstitutions = [new(Issuer.Registry, Issuer.Institution, Issuer.Did)] };

    public static InstitutionId Id(byte number) => InstitutionId.From(Enumerable.Repeat(number, 32).ToArray());

    public void AddKey(PublicKey key, DateTimeOffset from) => Registry.Keys[(Issuer.Institution, Method)] = new(Multikey.ToBytes(key), from, null, KeyRevocationReason.None);

    public void RevokeKey(DateTimeOffset at, KeyRevocationReason reason = KeyRevocationReason.Retired) => Registry.Revoke(Issuer.Institution, Method, at, reason);

    public void Change(AccreditationLink link, Func<AccreditationFact, AccreditationFact> change) => Registry.Accreditations[link] = change(Registry.Accreditations[link]);

    public void TakeDidDown() => Web.Break(DidUrl, "host not found");

    /// <summary>A diploma without status lists, signed by the university or in its name.</summary>
    public async Task<SampleCredential> SignAsync(string diploma = "brazil", SampleIssuer? signer = null, Action<JsonObject>? edit = null)
    {
        (byte[] text, RegistryHandle handle, int index) = (signer ?? Issuer).Prepare(diploma);
        text = Text.Edit(text, json =>
        {
            json["credentialStatus"] = new JsonArray(json["credentialStatus"]![2]!.DeepClone());
            edit?.Invoke(json);
        });
        return new(await (signer ?? Issuer).SignAsync(text), handle, index);
    }

    /// <summary>The same, anchored by the institution that its signer names.</summary>
    public async Task<SampleAnchored> IssueAsync(DateTimeOffset? at = null, string diploma = "brazil", SampleIssuer? signer = null, Action<JsonObject>? edit = null)
    {
        SampleAnchored anchored = (signer ?? Issuer).Anchor(await SignAsync(diploma, signer, edit));
        InstitutionId institution = (signer ?? Issuer).Institution;
        Registry.Institutions.Add(institution);
        Registry.Anchors[(institution, anchored.Receipt.Root)] = at ?? Anchored;
        return anchored;
    }

    public Task<VerificationResult> VerifyAsync(SampleAnchored diploma, TrustedMaterial? trusted = null, VerificationPolicy? policy = null) => VerifyAsync(diploma.Text, trusted, policy);

    public Task<VerificationResult> VerifyAsync(byte[] text, TrustedMaterial? trusted = null, VerificationPolicy? policy = null) =>
        new CredentialVerifier(trusted ?? Trusted, policy ?? VerificationPolicy.RequireAccreditation, Clock).VerifyAsync(text, CancellationToken.None);

    public void Dispose() => Issuer.Dispose();
}
