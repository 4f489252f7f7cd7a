namespace Credentials.Cli.Output;

/// <summary>Colour for terminals; plain text elsewhere. What a colour says is always said in words too.</summary>
internal readonly record struct Paint(bool Colour)
{
    public string Good(string text) => In("32", text);

    public string Bad(string text) => In("31", text);

    public string Open(string text) => In("33", text);

    public string Soft(string text) => In("2", text);

    public string Strong(string text) => In("1", text);

    private string In(string code, string text) => Colour ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
