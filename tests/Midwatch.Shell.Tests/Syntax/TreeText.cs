using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Syntax;

/// <summary>Writes a tree as text without its spans, so that two readings can be compared.</summary>
internal static class TreeText
{
    // How it was written, not what it means.
    private static readonly string[] Ignored =
        ["Span", "EqualityContract", "StaticText", "IsLiteral", "Backticks", "Brackets", "Comments"];

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(value, text);
        return text.ToString();
    }

    private static void Append(object? value, StringBuilder text)
    {
        switch (value)
        {
            case null:
                text.Append('-');
                break;
            case ShellNode node:
                text.Append('(').Append(node.GetType().Name);
                foreach (var property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    if (!Ignored.Contains(property.Name))
                    {
                        text.Append(' ');
                        Append(property.GetValue(node), text);
                    }
                }

                text.Append(')');
                break;
            case string word:
                text.Append('“').Append(word).Append('”');
                break;
            case IEnumerable list:
                text.Append('[');
                foreach (var item in list)
                {
                    Append(item, text);
                }

                text.Append(']');
                break;
            default:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
