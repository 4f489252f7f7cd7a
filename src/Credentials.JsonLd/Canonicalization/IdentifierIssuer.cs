using System.Globalization;

namespace Credentials.JsonLd.Canonicalization;

/// <summary>Gives blank nodes identifiers in the order in which they are asked for.</summary>
/// <remarks>https://www.w3.org/TR/rdf-canon/#issue-identifier</remarks>
internal sealed class IdentifierIssuer
{
    private readonly Dictionary<int, int> _numbers;

    public IdentifierIssuer() => (_numbers, Order) = ([], []);

    private IdentifierIssuer(IdentifierIssuer other) => (_numbers, Order) = (new(other._numbers), [.. other.Order]);

    /// <summary>The nodes that have one, in the order in which they got it.</summary>
    public List<int> Order { get; }

    public IdentifierIssuer Copy() => new(this);

    public bool Has(int node) => _numbers.ContainsKey(node);

    /// <summary>The temporary identifier of a node, which it has from now on: <c>b0</c>, <c>b1</c>, …</summary>
    public string Issue(int node)
    {
        if (!_numbers.TryGetValue(node, out int number))
        {
            number = Order.Count;
            _numbers.Add(node, number);
            Order.Add(node);
        }

        return "b" + number.ToString(CultureInfo.InvariantCulture);
    }
}
