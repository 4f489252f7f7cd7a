using System.Globalization;
using System.Numerics;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Amounts of wei as the database and the API keep them: decimal text, because they outgrow 64 bits.</summary>
internal static class Wei
{
    public static BigInteger Parse(string text) => BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    public static string ToText(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
