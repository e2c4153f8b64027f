using System.Text.Json;
using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Runbooks.Export;

/// <summary>The writer's idioms: what is absent is left out, lists are always there.</summary>
internal static class JsonParts
{
    public static void Array<T>(
        this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void Texts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    public static void Object<T>(this Utf8JsonWriter writer, string name, T? item, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (item is not null)
        {
            writer.WriteStartObject(name);
            write(writer, item);
            writer.WriteEndObject();
        }
    }

    public static void Optional(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void Seconds(this Utf8JsonWriter writer, string name, TimeSpan? value)
    {
        if (value is { } time)
        {
            writer.WriteNumber(name, time.TotalSeconds);
        }
    }

    public static void Span(this Utf8JsonWriter writer, DocumentSpan span)
    {
        writer.WriteNumber("line", span.Line);
        writer.WriteNumber("column", span.Column);
        writer.WriteNumber("endLine", span.EndLine);
        writer.WriteNumber("endColumn", span.EndColumn);
    }
}
