namespace Credentials.IssuerApi.Status;

/// <summary>Changes the status of a credential (VC-API <c>POST /credentials/status</c>).</summary>
/// <param name="CredentialId">The credential's own <c>id</c>, or the id that this issuer gave it.</param>
/// <param name="CredentialStatus">One entry a purpose.</param>
/// <remarks>https://w3c-ccg.github.io/vc-api/#update-status</remarks>
internal sealed record UpdateStatus(string CredentialId, IReadOnlyList<StatusEntryUpdate> CredentialStatus)
{
    public IReadOnlyList<Problem> Validate()
    {
        List<Problem> problems = [];
        if (CredentialStatus.Count == 0)
        {
            problems.Add(new(ProblemCode.MalformedValueError, "Name at least one status to change.", "/credentialStatus"));
        }

        for (int i = 0; i < CredentialStatus.Count; i++)
        {
            StatusEntryUpdate entry = CredentialStatus[i];
            if (entry is null || entry.Type != Credentials.Status.BitstringStatusListEntry.Type)
            {
                problems.Add(new(ProblemCode.MalformedValueError, "The type must be BitstringStatusListEntry.", $"/credentialStatus/{i}/type"));
            }
            else if (entry.StatusPurpose is not (StatusPurpose.Revocation or StatusPurpose.Suspension or StatusEntryUpdate.Superseded))
            {
                problems.Add(new(ProblemCode.MalformedValueError, "The statusPurpose must be revocation, suspension or superseded.", $"/credentialStatus/{i}/statusPurpose"));
            }
            else if (entry.IsSuperseded != (entry.ReplacedBy is not null))
            {
                problems.Add(new(ProblemCode.MalformedValueError, "replacedBy names the credential that replaces this one: it goes with superseded, and with nothing else.", $"/credentialStatus/{i}/replacedBy"));
            }
            else if (entry is { IsSuperseded: true, Status: false })
            {
                problems.Add(new(ProblemCode.MalformedValueError, "Superseded is for good: it cannot be taken back.", $"/credentialStatus/{i}/status"));
            }
            else if (CredentialStatus.Take(i).Any(earlier => earlier.StatusPurpose == entry.StatusPurpose))
            {
                problems.Add(new(ProblemCode.MalformedValueError, $"The purpose {entry.StatusPurpose} is named twice.", $"/credentialStatus/{i}/statusPurpose"));
            }
        }

        return problems;
    }
}

/// <summary>One purpose and the value that it shall have.</summary>
/// <param name="Type"><c>BitstringStatusListEntry</c>.</param>
/// <param name="StatusPurpose"><c>revocation</c> (final), <c>suspension</c> (can be taken back), or <c>superseded</c>: revoked, because another credential takes its place.</param>
/// <param name="Status">True sets it, false takes it back.</param>
/// <param name="ReplacedBy">Of <c>superseded</c>: the id of the credential that takes its place.</param>
internal sealed record StatusEntryUpdate(string Type, string StatusPurpose, bool Status, string? ReplacedBy = null)
{
    public const string Superseded = "superseded";

    public bool IsSuperseded => StatusPurpose == Superseded;
}

/// <summary>The status of a credential.</summary>
/// <param name="CredentialId">The credential's own <c>id</c>.</param>
/// <param name="Revoked">Revoked for good.</param>
/// <param name="Suspended">Suspended for now.</param>
/// <param name="ReplacedBy">What takes its place, as the status list tells it; absent while nothing does.</param>
internal sealed record StatusInfo(string CredentialId, bool Revoked, bool Suspended, string? ReplacedBy = null);
