using System.Globalization;
using System.Text.RegularExpressions;
using Credentials.IssuerApi.Configuration;
using Credentials.Keys;
using Credentials.Securing;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Instances;

/// <summary>Refuses a configuration of instances with a sentence for each fault.</summary>
internal sealed partial class InstancesOptionsRules : IValidateOptions<InstancesOptions>
{
    public ValidateOptionsResult Validate(string? name, InstancesOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(InstancesOptions options)
    {
        if (!new HttpBaseUrlAttribute().IsValid(options.PublicBaseUrl))
        {
            yield return "Issuer:PublicBaseUrl must be the absolute http or https URL at which these instances are reached, such as http://localhost:7100.";
        }

        foreach (string fault in options.Instances.SelectMany((instance, index) => Faults(instance, string.Create(CultureInfo.InvariantCulture, $"Issuer:Instances:{index}"))))
        {
            yield return fault;
        }

        foreach (IGrouping<string, InstanceOptions> twice in options.Instances.GroupBy(instance => instance.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"Issuer:Instances names \"{twice.Key}\" twice: each instance has an endpoint of its own.";
        }
    }

    private static IEnumerable<string> Faults(InstanceOptions instance, string path)
    {
        if (!Name().IsMatch(instance.Name))
        {
            yield return $"{path}:Name must have 1 to 63 lower-case letters, digits and hyphens: it is part of the endpoint.";
        }

        if (SecuringForm.Find(instance.Form) is not { } form || !form.Kinds.HasFlag(SecuredKinds.Credential))
        {
            yield return $"{path}:Form must be one of {string.Join(", ", SecuringForm.All.Where(known => known.Kinds.HasFlag(SecuredKinds.Credential)).Select(known => known.Name))}.";
        }
        else if (!Enum.TryParse(instance.KeyType, ignoreCase: false, out KeyType type) || !Enum.IsDefined(type) || !form.KeyTypes.Contains(type))
        {
            yield return $"{path}:KeyType must be one of {string.Join(", ", form.KeyTypes.Order())}, with which {form.Name} signs.";
        }
        else if (!PublicKey.IsSupported(type))
        {
            yield return $"{path}:KeyType {type} needs OpenSSL 3, which this computer lacks.";
        }
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Name();
}
