using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PyAirtable.Platform;

/// <summary>What a column may hold.</summary>
internal static class FieldKind
{
    public static readonly string[] All = ["text", "number", "checkbox", "date"];

    /// <summary>Whether a value may stand in a column of this kind; null, for no value, always may.</summary>
    public static bool Takes(string kind, JsonNode? value) => (kind, value?.GetValueKind()) switch
    {
        (_, null) => true,
        ("text", JsonValueKind.String) => true,
        ("number", JsonValueKind.Number) => true,
        ("checkbox", JsonValueKind.True or JsonValueKind.False) => true,
        ("date", JsonValueKind.String) => DateOnly.TryParseExact(
            (string?)value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => false,
    };
}
