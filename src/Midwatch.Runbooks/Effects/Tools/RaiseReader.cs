using Midwatch.Runbooks.Data;

namespace Midwatch.Runbooks.Effects.Tools;

/// <summary>Reads <c>effect</c>, <c>marks</c> and <c>action</c>, which stand at many places of the data.</summary>
internal static class RaiseReader
{
    /// <summary>The effect with what belongs to it; null when the mapping names none.</summary>
    public static Raise? Read(DataMap map) => map.Text("effect") is { } effect
        ? new Raise(EffectOf(effect, map.Source), Marks(map), map.Text("action"), map.Text("why") ?? "")
        : null;

    /// <summary>The marks; none when the mapping names none.</summary>
    public static Marks Marks(DataMap map)
    {
        var marks = Effects.Marks.None;
        foreach (var name in map.Texts("marks"))
        {
            marks |= name switch
            {
                "disrupts" => Effects.Marks.Disrupts,
                "temporary" => Effects.Marks.Temporary,
                "local" => Effects.Marks.Local,
                "synthetic" => Effects.Marks.Synthetic,
                "prints-secret" => Effects.Marks.PrintsSecret,
                "endless" => Effects.Marks.Endless,
                "interactive" => Effects.Marks.Interactive,
                _ => throw new InvalidDataException($"{map.Source}: '{name}' is no mark."),
            };
        }

        return marks;
    }

    private static Effect EffectOf(string name, string source) => name switch
    {
        "read" => Effect.Read,
        "change" => Effect.Change,
        "unknown" => Effect.Unknown,
        "destroy" => Effect.Destroy,
        _ => throw new InvalidDataException($"{source}: '{name}' is no effect."),
    };
}
