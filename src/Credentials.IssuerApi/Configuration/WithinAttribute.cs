using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Credentials.IssuerApi.Configuration;

/// <summary>A whole number within bounds. The options validator rewrites <c>[Range]</c> and drops its sentence; this one keeps it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithinAttribute(int least, int most) : ValidationAttribute
{
    public override bool IsValid(object? value) => value is int number && number >= least && number <= most;

    public override string FormatErrorMessage(string name) => string.Create(CultureInfo.InvariantCulture, $"{ErrorMessage} must be a whole number from {least} to {most}.");
}
