namespace Credentials.CredentialTypes;

/// <summary>Chooses among texts in several languages.</summary>
internal static class Locales
{
    /// <summary>The one of that tag, else of a tag that begins like it, else of its language, else the first; null of none.</summary>
    public static T? Best<T>(IReadOnlyList<T> all, Func<T, string> localeOf, string wanted)
        where T : class
    {
        string language = wanted.Split('-')[0];
        return all.FirstOrDefault(one => localeOf(one).Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? all.FirstOrDefault(one => wanted.StartsWith(localeOf(one) + "-", StringComparison.OrdinalIgnoreCase))
            ?? all.FirstOrDefault(one => localeOf(one).Split('-')[0].Equals(language, StringComparison.OrdinalIgnoreCase))
            ?? (all.Count > 0 ? all[0] : null);
    }
}
