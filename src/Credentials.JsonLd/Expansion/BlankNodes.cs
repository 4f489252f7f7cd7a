using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Expansion;

/// <summary>Finds the nodes without an identifier.</summary>
internal static class BlankNodes
{
    /// <summary>Adds the pointers of the nodes in a chain, and in all that hangs on them, in the order of the document's tree.</summary>
    public static void Find(ItemChain items, List<string> pointers)
    {
        for (ExpandedItem? item = items.First; item is not null; item = item.Next)
        {
            switch (item)
            {
                case ListItem list:
                    Find(list.Items, pointers);
                    break;
                case NodeItem node:
                    if (!node.Has.Contains(Keyword.Id) && node.Pointer is not null)
                    {
                        pointers.Add(node.Pointer);
                    }

                    Find(node.Graph, pointers);
                    Find(node.Included, pointers);
                    Find(node.Properties, pointers);
                    Find(node.Reverse, pointers);
                    break;
            }
        }
    }

    private static void Find(PropertyEntry? entries, List<string> pointers)
    {
        for (PropertyEntry? entry = entries; entry is not null; entry = entry.Next)
        {
            Find(entry.Items, pointers);
        }
    }
}
