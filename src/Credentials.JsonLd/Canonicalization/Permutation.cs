namespace Credentials.JsonLd.Canonicalization;

/// <summary>The orders of a list, one after the other.</summary>
internal static class Permutation
{
    /// <summary>Puts the list into its next order, and says whether there was one. Equal items count as one: their exchange makes no other list.</summary>
    public static bool Next(Span<int> list)
    {
        int i = list.Length - 2;
        while (i >= 0 && list[i] >= list[i + 1])
        {
            i--;
        }

        if (i < 0)
        {
            return false;
        }

        int j = list.Length - 1;
        while (list[j] <= list[i])
        {
            j--;
        }

        (list[i], list[j]) = (list[j], list[i]);
        list[(i + 1)..].Reverse();
        return true;
    }
}
