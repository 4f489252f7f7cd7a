using System.Runtime.CompilerServices;

namespace Credentials.JsonLd.Contexts;

/// <summary>What one operation may spend, so that no document costs more than its size warrants.</summary>
internal sealed class Budget(int maxItems = int.MaxValue)
{
    /// <summary>Nested objects, arrays, contexts and definitions.</summary>
    private const int MaxDepth = 256;

    // A definition costs 1, and so do some copied ones. The largest shipped contexts come to less than a thousand.
    private const int MaxDefinitions = 20_000;
    private const int CopiesInOne = 8;

    private int _definitions;
    private int _depth;
    private int _items;

    /// <summary>Goes one level down.</summary>
    public void Enter()
    {
        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new JsonLdFault(JsonLdErrorCode.TooDeep, $"It is nested deeper than {MaxDepth} levels.");
        }
    }

    /// <summary>Comes back up.</summary>
    public void Leave() => _depth--;

    /// <summary>Counts values, nodes and types.</summary>
    public void Item(int count = 1)
    {
        _items += count;
        if (_items > maxItems)
        {
            throw new JsonLdFault(JsonLdErrorCode.TooLarge, $"It holds more than {maxItems} values, nodes and types.");
        }
    }

    /// <summary>Counts a definition.</summary>
    public void Define(int count = 1)
    {
        _definitions += count;
        if (_definitions > MaxDefinitions)
        {
            throw new JsonLdFault(JsonLdErrorCode.ContextOverflow, "Its contexts define more terms than any honest document's.");
        }
    }

    /// <summary>Counts a copy of definitions.</summary>
    public void Copy(int count) => Define(1 + (count / CopiesInOne));
}
