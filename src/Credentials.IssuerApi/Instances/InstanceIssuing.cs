using System.Text.Json;
using Credentials.DataIntegrity;
using Credentials.DataModel;
using Credentials.Enveloping;
using Credentials.JsonLd;
using Credentials.Securing;

namespace Credentials.IssuerApi.Instances;

/// <summary>What an instance answers: the secured credential as JSON, or everything that is wrong with the request.</summary>
internal sealed record InstanceAnswer(byte[]? Credential, IReadOnlyList<Problem> Problems)
{
    public static InstanceAnswer Of(byte[] credential) => new(credential, []);

    public static InstanceAnswer Refused(params IReadOnlyList<Problem> problems) => new(null, problems);
}

/// <summary>Completes, validates, secures: the same steps whatever the instance's form.</summary>
internal static class InstanceIssuing
{
    public static async Task<InstanceAnswer> IssueAsync(IssuingInstance instance, InstanceRequest request, CancellationToken cancellationToken)
    {
        if (InstanceDocument.Refusals(request.Credential, instance.Did) is { Count: > 0 } refusals)
        {
            return InstanceAnswer.Refused(refusals);
        }

        // First without an entry: a refused credential takes no place in the status list.
        byte[] draft = InstanceDocument.Complete(request.Credential, instance.Did, status: null);
        Parsed<byte[]> document = WithProofContext(draft, instance.Form);
        if (!document.Ok)
        {
            return InstanceAnswer.Refused(document.Problem);
        }

        if (VerifiableCredential.ValidateForIssuing(document.Value, ContextLibrary.Shipped) is { Count: > 0 } problems)
        {
            return InstanceAnswer.Refused([.. problems.Select(InCredential)]);
        }

        if (instance.StatusList is { } list)
        {
            string? id = request.Credential.TryGetProperty("id", out JsonElement value) ? value.GetString() : null;
            if (list.Allocate(id) is not { } entry)
            {
                return InstanceAnswer.Refused(new Problem(ProblemCode.RangeError, "This instance's status list is full: start it anew."));
            }

            document = WithProofContext(InstanceDocument.Complete(request.Credential, instance.Did, entry), instance.Form);
        }

        Parsed<byte[]> secured = await instance.SignAsync(document.Require(), request.MandatoryPointers, cancellationToken);
        return secured.Ok ? AsJson(secured.Value, instance.Form) : InstanceAnswer.Refused(InCredential(secured.Problem));
    }

    private static Parsed<byte[]> WithProofContext(byte[] document, SecuringForm form) =>
        Cryptosuite.Find(form.Name) is { } suite ? ProofContext.AddTo(document, suite) : document;

    /// <summary>An envelope travels in JSON as the data: URL of an <c>EnvelopedVerifiableCredential</c>.</summary>
    private static InstanceAnswer AsJson(byte[] secured, SecuringForm form)
    {
        if (Cryptosuite.Find(form.Name) is not null)
        {
            return InstanceAnswer.Of(secured);
        }

        Parsed<Envelope> envelope = Envelope.Open(secured, form.MediaTypeOf(SecuredKinds.Credential));
        return envelope.Ok ? InstanceAnswer.Of(EnvelopedDocument.Write(envelope.Value)) : InstanceAnswer.Refused(envelope.Problem);
    }

    private static Problem InCredential(Problem problem) => problem with { Pointer = "/credential" + problem.Pointer };
}
