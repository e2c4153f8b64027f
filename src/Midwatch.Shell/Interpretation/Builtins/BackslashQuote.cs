using System.Text;
using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>Quotes with backslashes, as <c>printf %q</c> does.</summary>
internal static class BackslashQuote
{
    public static string Quote(string text)
    {
        if (text.Any(char.IsControl))
        {
            return ShellQuote.Quote(text);
        }

        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var special = " !\"$&'()*,;<>?[\\]^`{|}".Contains(text[i], StringComparison.Ordinal)
                || (i == 0 && text[i] is '#' or '~');
            result.Append(special && !(i > 0 && text[i] is '#' or '~') ? "\\" : string.Empty).Append(text[i]);
        }

        return result.ToString();
    }
}
