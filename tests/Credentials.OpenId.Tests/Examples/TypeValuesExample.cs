using System.Text.Json;
using Credentials.JsonLd;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.TestKit;

namespace Credentials.OpenId.Examples;

/// <summary>The credentials that the specification says match its example of <c>type_values</c>.</summary>
internal static class TypeValuesExample
{
    // The W3C's examples context is not shipped; what it says of these types is this.
    private static readonly ContextLibrary Contexts = ContextLibrary.Shipped.With(
        "https://www.w3.org/2018/credentials/examples/v1",
        """{"@context":{"ex":"https://example.org/examples#","AlumniCredential":"ex:AlumniCredential","BachelorDegree":"ex:BachelorDegree","UniversityDegreeCredential":"ex:UniversityDegreeCredential"}}"""u8.ToArray());

    public static Problem? Check(JsonElement credential)
    {
        string asked = SpecificationExample.Named("OpenID4VP B.1.1 #1").Body;
        DcqlQuery query = DcqlQuery.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"credentials":[{"id":"a","format":"ldp_vc","meta":{{asked}}}]}""")).Value!;
        DcqlCredential held = DcqlCredential.Of("1", CredentialFormat.LdpVc, credential, isHolderBound: true, Contexts);
        return DcqlSelection.Of(query, [held]).CanAnswer ? null : new("DIFFERS", $"The types are {string.Join(", ", held.Types)}.");
    }
}
