using System.Text;

namespace Reference.Telemetry;

internal static class LabelSet
{
    /// <summary>Writes <c>{a="x",b="y"}</c>, or nothing when there are no labels.</summary>
    public static string Format(ReadOnlySpan<string> names, ReadOnlySpan<string> values)
    {
        if (names.Length != values.Length)
        {
            throw new ArgumentException($"{names.Length} labels need as many values, not {values.Length}.");
        }

        if (names.Length == 0)
        {
            return "";
        }

        var text = new StringBuilder();
        for (var index = 0; index < names.Length; index++)
        {
            text.Append(index == 0 ? '{' : ',').Append(names[index]).Append("=\"");
            text.Append(Escape(values[index])).Append('"');
        }

        return text.Append('}').ToString();
    }

    // The text format escapes exactly these three inside label values.
    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
