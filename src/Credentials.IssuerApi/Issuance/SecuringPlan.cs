using System.Text.Json;
using Credentials.Jose;
using Credentials.Securing;

namespace Credentials.IssuerApi.Issuance;

/// <summary>How a credential is to be secured: the forms in their order, and what selective ones need to know.</summary>
/// <param name="Forms">Several cryptosuites make a proof set; an envelope stands alone.</param>
internal sealed record SecuringPlan(IReadOnlyList<SecuringForm> Forms)
{
    private const string Selective = "ecdsa-sd-2023";
    private const int MostForms = 4;

    // Whoever could withhold one of these would show a revoked diploma as good, or nobody's as somebody's.
    private static readonly string[] s_alwaysDisclosed = ["/issuer", "/validFrom", "/validUntil", "/credentialStatus"];

    /// <summary>P-256: the algorithm that every HSM and KMS has.</summary>
    public static SecuringPlan Default { get; } = new([SecuringForm.Find("ecdsa-jcs-2019") ?? throw new InvalidOperationException("The suite ecdsa-jcs-2019 is gone.")]);

    /// <summary>The forms that this issuer offers: every one whose result it can anchor, and none that is there only for what others issued long ago.</summary>
    public static IReadOnlyList<SecuringForm> Offered { get; } = [.. SecuringForm.All.Where(form =>
        form.Kinds.HasFlag(SecuredKinds.Credential) && !form.Name.EndsWith("+cose", StringComparison.Ordinal) && DataIntegrity.Cryptosuite.Find(form.Name) is not { IsLegacy: true })];

    /// <summary><c>ecdsa-sd-2023</c>: RFC 6901 pointers to what a holder can never withhold, besides issuer, validity and status, which never can be.</summary>
    public IReadOnlyList<string> MandatoryPointers { get; init; } = [];

    /// <summary>SD-JWT: RFC 6901 pointers to what a holder may withhold.</summary>
    public IReadOnlyList<string> Disclosable { get; init; } = [];

    /// <summary>Their names, separated by a space.</summary>
    public string Names => string.Join(' ', Forms.Select(form => form.Name));

    /// <summary>The plan of these names.</summary>
    public static Parsed<SecuringPlan> Of(IReadOnlyList<string?> names, string pointer)
    {
        List<SecuringForm> forms = [];
        foreach (string? name in names)
        {
            if (Offered.FirstOrDefault(form => form.Name == name) is not { } form)
            {
                return new Problem(ProblemCode.UnsupportedCryptosuite, $"This issuer signs with {string.Join(", ", Offered.Select(each => each.Name))}.", pointer);
            }

            if (forms.Contains(form))
            {
                return new Problem(ProblemCode.MalformedValueError, $"{form.Name} is named twice.", pointer);
            }

            forms.Add(form);
        }

        // The anchor of a set dates all its signatures together, and of those a holder's copy keeps only that of selective disclosure.
        return forms.Count is 0 or > MostForms || (forms.Count > 1 && forms.Any(form => IsEnvelope(form) || form.Name == Selective))
            ? new Problem(ProblemCode.MalformedValueError, $"Name one form, or a few cryptosuites other than {Selective} for a proof set.", pointer)
            : new SecuringPlan(forms);
    }

    /// <summary>What is said besides a document in one of the forms.</summary>
    /// <param name="form">One of <see cref="Forms"/>.</param>
    /// <param name="document">What is to be secured: it decides which of the members that are never withheld are there.</param>
    /// <param name="verificationMethod">DID URL of the key.</param>
    /// <param name="created">Time of signing.</param>
    public SecuringOptions OptionsFor(SecuringForm form, byte[] document, string verificationMethod, DateTimeOffset created) => new(verificationMethod, created)
    {
        MandatoryPointers = form.Name == Selective ? [.. AlwaysDisclosedIn(document).Union(MandatoryPointers)] : [],
        Disclosures = new DisclosureFrame(Disclosable),
    };

    private static string[] AlwaysDisclosedIn(byte[] document)
    {
        using var json = JsonDocument.Parse(document);
        return [.. s_alwaysDisclosed.Where(pointer => json.RootElement.TryGetProperty(pointer[1..], out _))];
    }

    /// <summary>Whether an option of selective disclosure means something in these forms.</summary>
    public bool Knows(string option) => option switch
    {
        "mandatoryPointers" => Forms.Any(form => form.Name == Selective),
        _ => Forms.Any(form => form.Name.EndsWith("+sd-jwt", StringComparison.Ordinal)),
    };

    /// <summary>Whether a pointer leads to, or into, what can never be withheld.</summary>
    public static bool IsAlwaysDisclosed(string pointer) => s_alwaysDisclosed.Any(always => pointer == always || pointer.StartsWith(always + "/", StringComparison.Ordinal));

    /// <summary>Whether a form puts the credential into an envelope, instead of a proof into the credential.</summary>
    public static bool IsEnvelope(SecuringForm form) => DataIntegrity.Cryptosuite.Find(form.Name) is null;
}
