namespace Credentials.Schema;

/// <summary>What of one value its schemas have evaluated: the annotations that the <c>unevaluated…</c> keywords ask for.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-core#section-11</remarks>
internal sealed class Evaluated
{
    private readonly HashSet<string> _properties = new(StringComparer.Ordinal);
    private readonly HashSet<int> _items = [];
    private int _prefix;
    private bool _allProperties;
    private bool _allItems;

    public bool HasProperty(string name) => _allProperties || _properties.Contains(name);

    public bool HasItem(int index) => _allItems || index < _prefix || _items.Contains(index);

    public void AddProperty(string name) => _properties.Add(name);

    public void AddAllProperties() => _allProperties = true;

    public void AddItem(int index) => _items.Add(index);

    public void AddPrefix(int length) => _prefix = Math.Max(_prefix, length);

    public void AddAllItems() => _allItems = true;

    public void Add(Evaluated other)
    {
        _properties.UnionWith(other._properties);
        _items.UnionWith(other._items);
        _prefix = Math.Max(_prefix, other._prefix);
        _allProperties |= other._allProperties;
        _allItems |= other._allItems;
    }
}
