using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Export;

/// <summary>Writes indented lines.</summary>
internal sealed class TreeWriter(TextWriter writer, TreePalette palette)
{
    public TreePalette Palette => palette;

    public void Line(int depth, string text)
    {
        for (var i = 0; i < depth; i++)
        {
            writer.Write("  ");
        }

        // A document may hold control characters: none reaches the terminal.
        writer.WriteLine(string.Concat(text.Where(c => !char.IsControl(c) || c == '\u001b')));
    }

    public void Blank() => writer.WriteLine();
}

/// <summary>The colours of the tree; none when they are off.</summary>
internal sealed class TreePalette(bool colour)
{
    public string Strong(string text) => Paint("1", text);

    public string Faint(string text) => text.Length == 0 ? text : Paint("2", text);

    public string Of(Effect effect) => effect switch
    {
        Effect.Read => Paint("32", "read"),
        Effect.Change => Paint("33", "change"),
        Effect.Destroy => Paint("31", "destroy"),
        _ => Paint("35", "unknown"),
    };

    public string Of(Severity severity) => severity switch
    {
        Severity.Error => Paint("31", "error"),
        Severity.Warning => Paint("33", "warning"),
        _ => Paint("2", "note"),
    };

    private string Paint(string code, string text)
    {
        // The text's own escapes are taken out, so that only the palette speaks to the terminal.
        var clean = text.Replace("\u001b", "", StringComparison.Ordinal);
        return colour ? $"\u001b[{code}m{clean}\u001b[0m" : clean;
    }
}
