using Credentials.Encoding;

namespace Credentials.Jose.Disclosures;

/// <summary>Where something stands in the processed payload; becomes a pointer only when somebody asks.</summary>
/// <param name="Parent">What it stands in; null for a member of the whole.</param>
/// <param name="Name">The member's name; null for an element of an array.</param>
/// <param name="Index">The element's index.</param>
internal sealed record Place(Place? Parent, string? Name, int Index = 0)
{
    /// <summary>The RFC 6901 pointer.</summary>
    public string Pointer => Name is not null ? JsonPointer.Member(Parent?.Pointer ?? "", Name) : JsonPointer.Item(Parent?.Pointer ?? "", Index);
}
