using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Contexts;

/// <content>Steps 19 and 20: how the term's values are held.</content>
internal sealed partial class DefinitionEntries
{
    private void ReadContainer()
    {
        if (!Has("@container"u8, out JsonElement container))
        {
            return;
        }

        // 19.1 Initialize container to the value associated with the @container entry, ... 19.3 Set the container mapping of definition to container.
        definition.Containers = ContainerNames.Parse(container);

        // 19.2 If the container value is @graph, @id, or @type, or is otherwise not a string, generate an invalid container mapping error and abort processing if processing mode is json-ld-1.0.
        if (!ContainerNames.AreValid(definition.Containers)
            || (Legacy && (container.ValueKind != JsonValueKind.String || definition.Has(Containers.Graph | Containers.Id | Containers.Type))))
        {
            throw new JsonLdFault("invalid container mapping", $"The container of {Term} is none that is known.");
        }

        // 19.4.1 If type mapping in definition is undefined, set it to @id.
        // 19.4.2 If type mapping in definition is neither @id nor @vocab, an invalid type mapping error has been detected.
        if (definition.Has(Containers.Type))
        {
            definition.Type = definition.Type.IsNothing ? Keyword.Id : definition.Type;
            if (definition.Type.Keyword is not (Keyword.Id or Keyword.Vocab))
            {
                throw new JsonLdFault("invalid type mapping", $"{Term} holds a map by type, and its type is neither @id nor @vocab.");
            }
        }
    }

    private void ReadIndex()
    {
        if (!Has("@index"u8, out JsonElement index))
        {
            return;
        }

        // 20.1 If processing mode is json-ld-1.0 or container mapping does not include @index, an invalid term definition has been detected.
        // 20.2 Initialize index to the value associated with the @index entry. If the result of IRI expanding that value is not an IRI, an invalid term definition has been detected.
        // 20.3 Set the index mapping of definition to index.
        definition.Index = index.ValueKind == JsonValueKind.String ? Json.Text(index) : throw Invalid("its @index is no text");
        if (Legacy || !definition.Has(Containers.Index) || terms.ExpandIndex(definition.Index).Term is not { Kind: RdfTermKind.Iri } iri || !Iri.HasForm(iri.Value))
        {
            throw Invalid("its @index is no property, or it holds no index");
        }
    }
}
