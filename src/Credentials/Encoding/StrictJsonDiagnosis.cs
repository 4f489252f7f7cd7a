using System.Text.Json;

namespace Credentials.Encoding;

/// <summary>The slow second look at a text that failed (or may fail): says what is wrong and where.</summary>
internal static class StrictJsonDiagnosis
{
    /// <summary>The first fault in the text's order; null when there is none.</summary>
    public static Problem? Find(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth });
        var path = new Stack<Level>();
        try
        {
            while (reader.Read())
            {
                if (Check(ref reader, path) is { } problem)
                {
                    return problem;
                }
            }

            return null;
        }
        catch (JsonException e)
        {
            return new(ProblemCode.ParsingError, $"The document is no JSON: fault in line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}.", PointerTo(path));
        }
    }

    private static Problem? Check(ref Utf8JsonReader reader, Stack<Level> path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                Level level = path.Peek();
                level.Name = Text(ref reader);
                return level.Name is not { } name ? LoneSurrogate("A member's name", PointerTo(path))
                    : level.Names!.Add(name) ? null
                    : new(ProblemCode.ParsingError, $"The member \"{name}\" is there twice.", PointerTo(path));
            case JsonTokenType.StartObject:
                Enter(path);
                path.Push(new Level { Names = new(StringComparer.Ordinal) });
                return null;
            case JsonTokenType.StartArray:
                Enter(path);
                path.Push(new Level());
                return null;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                path.Pop();
                return null;
            case JsonTokenType.String when Text(ref reader) is null:
                Enter(path);
                return LoneSurrogate("A text", PointerTo(path));
            default:
                Enter(path);
                return null;
        }
    }

    private static Problem LoneSurrogate(string what, string pointer) =>
        new(ProblemCode.ParsingError, $"{what} holds half of a surrogate pair, which stands for no character.", pointer);

    // Null where an escape is half of a surrogate pair.
    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // A value begins: in an array it has the next index.
    private static void Enter(Stack<Level> path)
    {
        if (path.TryPeek(out Level? level) && level.Names is null)
        {
            level.Index++;
        }
    }

    private static string PointerTo(Stack<Level> path) => path.Reverse().Aggregate(
        "",
        (pointer, level) => level switch
        {
            { Name: { } name } => JsonPointer.Member(pointer, name),
            { Names: null, Index: >= 0 } => JsonPointer.Item(pointer, level.Index),
            _ => pointer,
        });

    private sealed class Level
    {
        /// <summary>The names seen so far; null for an array.</summary>
        public HashSet<string>? Names { get; init; }

        public string? Name { get; set; }

        public int Index { get; set; } = -1;
    }
}
