using System.Globalization;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Export;

/// <summary>Writes indented lines with the document's line numbers beside them.</summary>
internal sealed class TreeWriter(TextWriter writer, TreePalette palette)
{
    private const int LengthMax = 400;

    public TreePalette Palette => palette;

    /// <summary>A line.</summary>
    /// <param name="number">The document's line that it speaks of; null for none.</param>
    public void Line(int depth, string text, int? number = null)
    {
        var gutter = number is { } line ? line.ToString(CultureInfo.InvariantCulture).PadLeft(5) : "     ";
        writer.Write(palette.Faint(gutter));
        writer.Write("  ");
        Text(depth, text);
    }

    /// <summary>A line without the gutter.</summary>
    public void Text(int depth, string text)
    {
        for (var i = 0; i < depth; i++)
        {
            writer.Write("  ");
        }

        // A document may hold control characters: none reaches the terminal.
        writer.WriteLine(string.Concat(text.Where(c => !char.IsControl(c) || c == '\u001b')).TrimEnd());
    }

    public void Blank() => writer.WriteLine();

    /// <summary>Some text of the document on one line, cut where it is long.</summary>
    public static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= LengthMax ? line : $"{line[..(LengthMax - 1)]}…";
    }
}

/// <summary>The colours of the tree; none when they are off.</summary>
internal sealed class TreePalette(bool colour)
{
    private const int EffectWidth = 8;

    public string Strong(string text) => Paint("1", text);

    public string Faint(string text) => text.Length == 0 ? text : Paint("2", text);

    public string Asked(string text) => Paint("36", text);

    /// <summary>An effect, in a column of its own.</summary>
    public string Of(Effect effect) => Paint(
        effect switch { Effect.Read => "32", Effect.Change => "33", Effect.Destroy => "1;31", _ => "35" },
        effect.Name()) + new string(' ', Math.Max(1, EffectWidth - effect.Name().Length));

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
