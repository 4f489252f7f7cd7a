using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Storage;

/// <summary>Section <c>Storage</c>: which engine keeps the issuer's state. Without any of it, a SQLite file in the data folder.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Connection string of a PostgreSQL database, in Npgsql's words. Null or empty: SQLite.</summary>
    public string? Postgres { get; set; }

    /// <summary>A file with the password, so that it stands in no variable. It goes before one in the connection string.</summary>
    public string? PostgresPasswordFile { get; set; }

    /// <summary>How long a start waits for a server that does not answer yet.</summary>
    [System.ComponentModel.DataAnnotations.Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Storage:PostgresPatience must be between 00:00:00 and 01:00:00.")]
    public TimeSpan PostgresPatience { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
