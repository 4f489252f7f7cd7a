namespace Credentials.JsonLd.Canonicalization;

/// <summary>Counts the steps of Hash N-Degree Quads, so that a graph made to need n! of them ends in an answer.</summary>
/// <remarks>https://www.w3.org/TR/rdf-canon/#dataset-poisoning</remarks>
internal sealed class WorkMeter(int limit)
{
    /// <summary>How deep Hash N-Degree Quads may call itself: what the stack of any thread bears.</summary>
    public const int MaxDepth = 512;

    /// <summary>Characters of a predicate that are hashed in about the time of a step.</summary>
    public const int CharactersInOne = 512;

    private int _left = limit;

    /// <summary>Takes steps; false when there are none left.</summary>
    public bool TryTake(int steps)
    {
        bool enough = steps <= _left;
        _left -= enough ? steps : _left;
        return enough;
    }
}
