using System.Text;

namespace Midwatch.Cli.Terminal;

/// <summary>Fits text to a width.</summary>
internal static class Layout
{
    /// <summary>Wide enough for a command, narrow enough for half a screen.</summary>
    internal const int Width = 110;

    /// <summary>Breaks a sentence into lines, all but the first indented.</summary>
    internal static string Wrap(string text, int indent, int width = Width)
    {
        var room = Math.Max(20, width - indent);
        var lines = new StringBuilder();
        var used = 0;
        foreach (var word in OneLine(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (used > 0 && used + 1 + word.Length > room)
            {
                lines.Append('\n').Append(' ', indent);
                used = 0;
            }

            if (used > 0)
            {
                lines.Append(' ');
                used++;
            }

            lines.Append(word);
            used += word.Length;
        }

        return lines.ToString();
    }

    /// <summary>Cuts to a length, with an ellipsis where something is left out.</summary>
    internal static string Cut(string text, int length)
    {
        var line = OneLine(text);
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, Math.Max(0, length - 1)), "…");
    }

    /// <summary>Makes one line of many, and takes out what would steer a terminal.</summary>
    internal static string OneLine(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '\n' or '\r' or '\t')
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (!char.IsControl(character))
            {
                clean.Append(character);
            }
        }

        return clean.ToString().TrimEnd();
    }

    internal static string Seconds(TimeSpan time) => time.TotalMinutes >= 2
        ? FormattableString.Invariant($"{(int)time.TotalMinutes} min {time.Seconds} s")
        : FormattableString.Invariant($"{time.TotalSeconds:0.0} s");
}
