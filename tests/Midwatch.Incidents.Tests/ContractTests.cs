using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Journal;

namespace Midwatch.Incidents.Tests;

/// <summary>
/// What is stored is a reviewed file: contracts.txt beside this test. Set MIDWATCH_UPDATE_GOLDEN=1 to write it anew.
/// </summary>
public sealed class ContractTests
{
    [Fact]
    public void Names_and_shapes_of_events_are_those_of_contracts_txt()
    {
        var actual = Contracts();
        var path = Path.Combine(AppContext.BaseDirectory, "contracts.txt");
        if (Environment.GetEnvironmentVariable("MIDWATCH_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(SourceFolder(), "contracts.txt"), actual);
            return;
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    [Fact]
    public void Every_case_of_both_unions_has_a_name_of_its_own()
    {
        foreach (var union in new[] { typeof(IncidentEvent), typeof(LedgerEvent) })
        {
            var named = Names(union).Keys.ToHashSet();
            Assert.Equal(named, union.GetNestedTypes().Where(type => type.IsSubclassOf(union)).ToHashSet());
            Assert.Equal(named.Count, Names(union).Values.Distinct().Count());
        }
    }

    [Fact]
    public void Every_sample_event_is_the_same_after_writing_and_reading()
    {
        foreach (var happened in EventSamples.All)
        {
            var entry = EventCodec.Encode(happened);
            Assert.Equal(Names(typeof(IncidentEvent))[happened.GetType()], entry.Type);
            var read = EventCodec.DecodeIncident(new StoredEntry(StreamId.Of(IncidentId.FromNumber(1)), 1, 1, entry));
            Assert.Equal(entry, EventCodec.Encode(read));
        }
    }

    [Fact]
    public void The_samples_hold_every_case() =>
        Assert.Empty(Names(typeof(IncidentEvent)).Keys.Except(EventSamples.All.Select(happened => happened.GetType())));

    [Fact]
    public void An_event_of_a_later_version_is_told_as_such()
    {
        var entry = new StoredEntry(
            StreamId.Of(IncidentId.FromNumber(1)), 3, 9, new JournalEntry("future", "{\"type\":\"future\"}"));
        var failed = Assert.Throws<StoreFailedException>(() => EventCodec.DecodeIncident(entry));
        Assert.Contains("Event 3 of 'incident/inc-0001' (future)", failed.Message, StringComparison.Ordinal);
        Assert.Contains("newer one", failed.Remedy, StringComparison.Ordinal);
    }

    private static string Contracts()
    {
        var text = new StringBuilder();
        var pending = new Queue<Type>();
        var seen = new HashSet<Type>();
        foreach (var union in new[] { typeof(IncidentEvent), typeof(LedgerEvent) })
        {
            foreach (var (type, name) in Names(union).OrderBy(pair => pair.Value, StringComparer.Ordinal))
            {
                Shape(text, name, type, pending);
            }
        }

        var shapes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (pending.TryDequeue(out var type))
        {
            if (seen.Add(type))
            {
                var shape = new StringBuilder();
                Shape(shape, type.Name, type, pending);
                shapes[type.Name] = shape.ToString();
            }
        }

        return text.AppendJoin(string.Empty, shapes.Values).ToString();
    }

    private static void Shape(StringBuilder text, string name, Type type, Queue<Type> pending)
    {
        if (type.IsEnum)
        {
            text.Append(name).Append(" = ").AppendJoin(" | ", Enum.GetNames(type)).Append('\n');
            return;
        }

        text.Append(name).Append('\n');
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .OrderBy(property => property.Name, StringComparer.Ordinal);
        foreach (var property in properties)
        {
            text.Append("  ").Append(property.Name).Append(": ")
                .Append(TypeName(property.PropertyType, pending)).Append('\n');
        }
    }

    private static string TypeName(Type type, Queue<Type> pending)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return TypeName(inner, pending) + "?";
        }

        if (type.IsGenericType)
        {
            return TypeName(type.GetGenericArguments()[0], pending) + "[]";
        }

        if (type.Namespace?.StartsWith("Midwatch.", StringComparison.Ordinal) ?? false)
        {
            pending.Enqueue(type);
        }

        return type.Name;
    }

    private static ImmutableDictionary<Type, string> Names(Type union) =>
        union.GetCustomAttributes<JsonDerivedTypeAttribute>()
            .ToImmutableDictionary(derived => derived.DerivedType,
                derived => (string?)derived.TypeDiscriminator ?? string.Empty);

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.GetDirectoryName(path) ?? string.Empty;
}
