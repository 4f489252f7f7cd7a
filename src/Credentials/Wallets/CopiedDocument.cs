using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.Wallets;

/// <summary>A master diploma as a document of its own for one holder.</summary>
internal static class CopiedDocument
{
    // Of the master alone: proofs are over it, the status is its position, and the rest is said anew.
    private static readonly string[] NotCopied = ["id", "proof", "credentialStatus", "validFrom", "validUntil", "issuanceDate", "expirationDate", "refreshService"];

    /// <summary>The document.</summary>
    public static JsonObject Of(VerifiableCredential master, WalletCopyTerms terms, DataModelVersion version)
    {
        var source = JsonNode.Parse(master.Json.GetRawText())!.AsObject();
        var copy = new JsonObject { ["@context"] = Contexts(source["@context"]!.AsArray(), version), ["id"] = terms.Id };
        foreach ((string name, JsonNode? value) in source)
        {
            if (name != "@context" && !NotCopied.Contains(name, StringComparer.Ordinal))
            {
                copy[name] = value?.DeepClone();
            }
        }

        Times(copy, master, terms, version);
        if (terms.HolderDid is { } holder)
        {
            Subject(copy, holder);
        }

        if (terms.Evidence is { } evidence)
        {
            copy["evidence"] = With(copy["evidence"], evidence.ToJson());
        }

        // "credentialStatus ... id" is a must in VCDM 1.1; entries of lists need none in 2.0.
        if (terms.StatusEntries.Count > 0)
        {
            copy["credentialStatus"] = new JsonArray([.. terms.StatusEntries.Select(entry => Identified(entry, version))]);
        }

        return copy;
    }

    private static JsonArray Contexts(JsonArray contexts, DataModelVersion version)
    {
        string wanted = version == DataModelVersion.V1 ? CredentialRules.ContextV1 : CredentialRules.ContextV2;
        return [.. contexts.Select((context, index) => index == 0 ? wanted : context?.DeepClone())];
    }

    // Never earlier than the master began, whatever the day of issuing: the award is as old as it is.
    private static void Times(JsonObject copy, VerifiableCredential master, WalletCopyTerms terms, DataModelVersion version)
    {
        DateTimeOffset from = master.ValidFrom is { } begun ? begun : terms.IssuedAt;
        DateTimeOffset? until = master.ValidUntil is { } end && !(terms.ValidUntil < end) ? end : terms.ValidUntil;
        (string start, string stop) = version == DataModelVersion.V1 ? ("issuanceDate", "expirationDate") : ("validFrom", "validUntil");
        copy[start] = XsdDateTime.Format(from);
        if (until is { } over)
        {
            copy[stop] = XsdDateTime.Format(over);
        }
    }

    // A diploma is about one learner; of several subjects the first is the one who holds it.
    private static void Subject(JsonObject copy, string holder)
    {
        JsonObject? subject = copy["credentialSubject"] as JsonObject ?? copy["credentialSubject"]?.AsArray().OfType<JsonObject>().FirstOrDefault();
        if (subject is not null)
        {
            subject.Remove("id");
            subject.Insert(0, "id", holder);
        }
    }

    private static JsonObject Identified(JsonObject entry, DataModelVersion version)
    {
        var own = (JsonObject)entry.DeepClone();
        if (version == DataModelVersion.V1 && !own.ContainsKey("id") && own["statusListCredential"] is { } list)
        {
            own["id"] = $"{list.GetValue<string>()}#{own["statusListIndex"]}";
        }

        return own;
    }

    private static JsonNode With(JsonNode? before, JsonObject evidence) => before switch
    {
        null => evidence,
        JsonArray several => new JsonArray([.. several.Select(one => one?.DeepClone()), evidence]),
        _ => new JsonArray(before.DeepClone(), evidence),
    };
}
