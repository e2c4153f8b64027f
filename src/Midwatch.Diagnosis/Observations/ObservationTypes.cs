using System.Collections.Frozen;
using Midwatch.Diagnosis.Data;

namespace Midwatch.Diagnosis.Observations;

/// <summary>The closed list of observation types, from <c>observation-types.yaml</c>.</summary>
public sealed class ObservationTypes
{
    private readonly FrozenDictionary<string, ObservationType> _types;

    private ObservationTypes(IEnumerable<ObservationType> types) =>
        _types = types.ToFrozenDictionary(type => type.Id, StringComparer.Ordinal);

    /// <summary>The list that is compiled into Midwatch.</summary>
    public static ObservationTypes Default { get; } = Load();

    /// <summary>All types, by id.</summary>
    public IEnumerable<ObservationType> All => _types.Values.OrderBy(type => type.Id, StringComparer.Ordinal);

    /// <summary>The type of that id; null when the list has none.</summary>
    public ObservationType? Find(string id) => _types.GetValueOrDefault(id);

    /// <summary>Whether an observation of that type and value tells of something wrong.</summary>
    public bool IsFinding(string id, string value) =>
        Find(id) is { } type
            && (type.EveryValueIsFinding || type.FindingValues.Contains(value, StringComparer.Ordinal));

    private static ObservationTypes Load()
    {
        var file = EmbeddedYaml.LoadOne("Observations/observation-types.yaml");
        return new(file.Records("types").Select(item =>
        {
            var finding = item.Texts("finding").ToArray();
            return new ObservationType(
                item.Needed("type"), item.Needed("read"), finding is ["all"],
                finding is ["none"] or ["all"] ? [] : [.. finding],
                item.Flag("transient"), item.Needed("means"));
        }));
    }
}
