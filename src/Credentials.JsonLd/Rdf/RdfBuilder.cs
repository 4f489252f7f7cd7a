using Credentials.JsonLd.Contexts;
using Credentials.JsonLd.Expansion;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Rdf;

/// <summary>
/// Expanded form to RDF. The node map is not built: a set of statements is the same whether nodes were merged before or not.
/// What the map would refuse, one node under two indexes, is refused here too.
/// </summary>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm, https://www.w3.org/TR/json-ld11-api/#node-map-generation</remarks>
internal sealed class RdfBuilder(JsonLdOptions options)
{
    private readonly List<RdfQuad> _quads = new(64);
    private readonly LiteralBuilder _literals = new(options);
    private Dictionary<string, RdfTerm>? _labels;
    private Dictionary<(string Id, string? Graph), string>? _indexes;
    private int _blanks;

    /// <summary>The statements of a document.</summary>
    public RdfDataset Build(ItemChain items)
    {
        AddNodes(items, new Target(null, true));
        return new RdfDataset(_quads);
    }

    /// <summary>Adds a statement.</summary>
    public void Add(RdfTerm subject, RdfTerm predicate, RdfTerm value, in Target target)
    {
        if (target.IsKept)
        {
            _quads.Add(new RdfQuad(subject, predicate, value, target.Graph));
        }
    }

    /// <summary>A blank node that is not used yet.</summary>
    public RdfTerm NewBlank() => Vocabulary.Blank(_blanks++);

    private void AddNodes(ItemChain items, in Target target)
    {
        for (ExpandedItem? item = items.First; item is not null; item = item.Next)
        {
            if (item is NodeItem node)
            {
                AddNode(node, target);
            }
        }
    }

    // 6. Otherwise element is a node object. Returns what stands for it; null when that is not well-formed.
    private RdfTerm? AddNode(NodeItem node, in Target target)
    {
        // 6.1 If element has an @id entry, set id to its value. If id is a blank node identifier, replace it with a newly generated blank node identifier.
        // 6.2 Otherwise, set id to the result of the Generate Blank Node Identifier algorithm.
        RdfTerm? id = node.Has.Contains(Keyword.Id) ? WellFormed(node.Id) : NewBlank();

        // 1.3.1 If subject is not well-formed, continue with the next subject-node pair.
        Target own = id is null ? target with { IsKept = false } : target;
        RdfTerm subject = id ?? IriExpansion.NoIri;

        // 1.3.2.1 If property is @type, then for each type in values, create a new RdfTriple composed of subject, rdf:type for predicate, and type for object, ... unless type is not well-formed.
        foreach (RdfTerm type in node.Types)
        {
            if (WellFormed(type) is { } wellFormed)
            {
                Add(subject, Vocabulary.Type, wellFormed, own);
            }
        }

        // 6.8 ... If node already has an @index entry with a different value, a conflicting indexes error has been detected.
        if (node.Index is not null && id is not null)
        {
            CheckIndex(id, node.Index, target);
        }

        // 6.9 If element has an @reverse entry:
        for (PropertyEntry? entry = node.Reverse; entry is not null; entry = entry.Next)
        {
            AddReverse(subject, entry, own, target);
        }

        // 6.10 If element has an @graph entry, recursively invoke this algorithm passing ... id for active graph. 1.1 If graph name is not well-formed, continue with the next graph name-graph pair.
        if (node.Has.Contains(Keyword.Graph))
        {
            AddNodes(node.Graph, new Target(id, id is not null));
        }

        // 6.11 If element has an @included entry, recursively invoke this algorithm.
        AddNodes(node.Included, target);

        // 6.12 Finally, for each key-value pair property-value in element
        for (PropertyEntry? entry = node.Properties; entry is not null; entry = entry.Next)
        {
            AddProperty(subject, entry, own, target);
        }

        return id;
    }

    private void AddReverse(RdfTerm value, PropertyEntry entry, in Target own, in Target target)
    {
        RdfTerm? predicate = Predicate(entry.Property);
        for (ExpandedItem? item = entry.Items.First; item is not null; item = item.Next)
        {
            if (AddNode((NodeItem)item, target) is { } subject && predicate is not null)
            {
                Add(subject, predicate, value, own);
            }
        }
    }

    private void AddProperty(RdfTerm subject, PropertyEntry entry, in Target own, in Target target)
    {
        // 1.3.2.3 and 1.3.2.4 ... if property is a blank node identifier and the produceGeneralizedRdf option is not true, or not well-formed, continue with the next property-values pair.
        RdfTerm? predicate = Predicate(entry.Property);
        Target kept = predicate is null ? own with { IsKept = false } : own;

        // 1.3.2.5 Otherwise, ... For each item in values:
        for (ExpandedItem? item = entry.Items.First; item is not null; item = item.Next)
        {
            if (AddObject(item, kept, target) is { } value && predicate is not null)
            {
                Add(subject, predicate, value, kept);
            }
        }
    }

    // Object to RDF Conversion. Nodes are said for themselves, even where what leads to them is dropped.
    private RdfTerm? AddObject(ExpandedItem item, in Target kept, in Target target) => item switch
    {
        // 1. and 2. If item is a node object, return the IRI or blank node identifier associated with its @id entry.
        NodeItem node => AddNode(node, target),

        // 3. If item is a list object return the result of the List Conversion algorithm.
        ListItem list => AddList(list, kept, target),

        // 4. Otherwise, item is a value object.
        _ => _literals.Build((ValueItem)item, this, kept),
    };

    // List to RDF Conversion.
    private RdfTerm AddList(ListItem list, in Target kept, in Target target)
    {
        // 1. If list is empty, return rdf:nil.
        if (list.Items.First is null)
        {
            return Vocabulary.Nil;
        }

        // 2. Otherwise, create an array bnodes composed of a newly generated blank node identifier for each entry in list.
        RdfTerm head = NewBlank();
        RdfTerm subject = head;

        // 3. For each pair of subject from bnodes and item from list:
        for (ExpandedItem? item = list.Items.First; item is not null; item = item.Next)
        {
            // 3.2 and 3.3 Unless object is null, append a triple composed of subject, rdf:first, and object.
            if (AddObject(item, kept, target) is { } value)
            {
                Add(subject, Vocabulary.First, value, kept);
            }

            // 3.4 Initialize rest as the next entry in bnodes, or if that does not exist, rdf:nil. Append a triple composed of subject, rdf:rest, and rest.
            RdfTerm rest = item.Next is null ? Vocabulary.Nil : NewBlank();
            Add(subject, Vocabulary.Rest, rest, kept);
            subject = rest;
        }

        // 4. Return the first blank node from bnodes.
        return head;
    }

    private RdfTerm? Predicate(RdfTerm property) => property.Kind == RdfTermKind.BlankNode && !options.Generalized ? null : WellFormed(property);

    private RdfTerm? WellFormed(RdfTerm? term) => term switch
    {
        null => null,
        { Kind: RdfTermKind.BlankNode } => Relabel(term.Value),
        _ => term.IsWellFormed ? term : null,
    };

    // Generate Blank Node Identifier.
    private RdfTerm Relabel(string label)
    {
        _labels ??= [];
        if (!_labels.TryGetValue(label, out RdfTerm? blank))
        {
            _labels[label] = blank = NewBlank();
        }

        return blank;
    }

    private void CheckIndex(RdfTerm id, string index, in Target target)
    {
        _indexes ??= [];
        (string, string?) key = (IriExpansion.Text(id), target.Graph is { } graph ? IriExpansion.Text(graph) : null);
        if (!_indexes.TryAdd(key, index) && _indexes[key] != index)
        {
            throw new JsonLdFault("conflicting indexes", $"{id.Value} stands under two indexes.");
        }
    }
}

/// <summary>Where statements go: a graph, or nowhere because something around them is dropped.</summary>
internal readonly record struct Target(RdfTerm? Graph, bool IsKept);
