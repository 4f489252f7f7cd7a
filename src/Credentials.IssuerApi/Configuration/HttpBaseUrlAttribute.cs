using System.ComponentModel.DataAnnotations;

namespace Credentials.IssuerApi.Configuration;

/// <summary>An absolute http or https URL without query, fragment or user.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HttpBaseUrlAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is string text
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0;
}
