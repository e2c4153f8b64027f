namespace Midwatch.LocalCluster.Objects.Kinds;

/// <summary>One column of a kind's table.</summary>
/// <param name="Value">How a cell is made; the grammar is told at the top of kinds.yaml.</param>
/// <param name="IsInteger">The cell is a JSON number.</param>
/// <param name="IsWide">Shown only by -o wide.</param>
internal sealed record ColumnDefinition(string Name, string Value, bool IsInteger, bool IsWide)
{
    /// <summary>As tables tell it: string, integer, number, boolean, date.</summary>
    public string Type { get; init; } = IsInteger ? "integer" : "string";

    public string Format { get; init; } = Name == "Name" ? "name" : "";

    public string Description { get; init; } = Name;

    /// <summary>
    /// Parses "Name | value", with signs after the name: * for wide, # for an integer, % for one told as a text.
    /// </summary>
    public static ColumnDefinition Parse(string text)
    {
        var bar = text.IndexOf(" | ", StringComparison.Ordinal);
        if (bar < 0)
        {
            throw new FormatException($"'{text}' is not a column such as 'Name | .metadata.name'.");
        }

        var name = text[..bar];
        return new ColumnDefinition(
            name.TrimEnd('*', '#', '%'),
            text[(bar + 3)..],
            name.AsSpan().IndexOfAny('#', '%') >= 0,
            name.Contains('*', StringComparison.Ordinal))
        {
            Type = name.Contains('#', StringComparison.Ordinal) ? "integer" : "string",
        };
    }
}
