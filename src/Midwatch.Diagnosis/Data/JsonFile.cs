using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Data;

/// <summary>
/// How this project's JSON files are written: indented, members in a fixed order, times in UTC, text readable.
/// </summary>
internal static class JsonFile
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    public static void WriteList<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            json.WriteString(name,
                at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteSubject(this Utf8JsonWriter json, string name, Subject subject)
    {
        json.WriteStartObject(name);
        json.WriteString("kind", subject.Kind);
        json.WriteString("namespace", subject.Namespace);
        json.WriteString("name", subject.Name);
        json.WriteString("container", subject.Container);
        json.WriteEndObject();
    }

    public static void WriteObservation(this Utf8JsonWriter json, Observation one)
    {
        json.WriteString("type", one.Type);
        json.WriteSubject("subject", one.Subject);
        json.WriteString("key", one.Key);
        json.WriteString("value", one.Value);
        json.WriteString("detail", one.Detail);
        json.WriteBoolean("isFinding", one.IsFinding);
        json.WriteTime("takenAt", one.TakenAt);
        json.WriteTime("since", one.Since);
        json.WriteString("source", one.Source);
        if (one.Span is { } span)
        {
            json.WriteStartObject("span");
            json.WriteNumber("start", span.Start);
            json.WriteNumber("length", span.Length);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("span");
        }
    }

    public static void WriteLabels(
        this Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, string> labels)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in labels)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    /// <summary>An enumeration's member as JSON writes it: camelCase.</summary>
    public static string Camel(this Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
