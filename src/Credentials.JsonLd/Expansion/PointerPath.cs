using System.Globalization;
using System.Text;
using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Expansion;

/// <summary>Where in the document the expansion is; made a text only when it is asked for.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6901</remarks>
internal sealed class PointerPath
{
    private (JsonProperty Member, int Index)[] _steps = new (JsonProperty, int)[16];
    private int _count;

    public void Push(JsonProperty member) => Push(member, -1);

    public void Push(int index) => Push(default, index);

    public void Pop() => _count--;

    /// <summary>The pointer.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((JsonProperty member, int index) in _steps.AsSpan(0, _count))
        {
            text.Append('/');
            if (index >= 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{index}");
            }
            else
            {
                text.Append(Json.Name(member).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            }
        }

        return text.ToString();
    }

    private void Push(JsonProperty member, int index)
    {
        if (_count == _steps.Length)
        {
            Array.Resize(ref _steps, _count * 2);
        }

        _steps[_count++] = (member, index);
    }
}
