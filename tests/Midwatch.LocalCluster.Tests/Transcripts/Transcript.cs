using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Tests.Transcripts;

/// <summary>One command of a recorded session and what a real control plane made of it.</summary>
/// <param name="Scenario">The transcript's name, as "03a-rollout".</param>
/// <param name="Number">Its place in the transcript, from 0.</param>
/// <param name="Code">The exit code.</param>
internal sealed record RecordedStep(
    string Scenario, int Number, ImmutableArray<string> Command, string Input, int Code, string Output, string Error)
{
    public string Id => $"{Scenario}/{Number}";

    public string Line => string.Join(' ', Command);
}

/// <summary>A recorded session: the files it used and its steps, in order.</summary>
internal sealed record Transcript(
    string Name, ImmutableArray<(string File, string Text)> Files, ImmutableArray<RecordedStep> Steps)
{
    /// <summary>Where the transcripts are; null when MIDWATCH_SHARED does not lead to them.</summary>
    public static string? Folder =>
        Environment.GetEnvironmentVariable("MIDWATCH_SHARED") is { Length: > 0 } shared
            && Directory.Exists(Path.Combine(shared, "transcripts"))
            ? Path.Combine(shared, "transcripts")
            : null;

    public static Transcript Read(string path)
    {
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var name = json["name"]!.GetValue<string>();
        return new Transcript(
            name,
            [.. json["manifests"]!.AsArray().Select(one =>
                (one!["file"]!.GetValue<string>(), one["yaml"]!.GetValue<string>()))],
            [.. json["steps"]!.AsArray().Select((one, number) => (Step: one!.AsObject(), number))
                .Where(one => one.Step.ContainsKey("command")).Select(one => Step(name, one.number, one.Step))]);
    }

    private static RecordedStep Step(string scenario, int number, JsonObject step) => new(
        scenario,
        number,
        [.. step["command"]!.AsArray().Select(word => word!.GetValue<string>())],
        step["stdin"]?.GetValue<string>() ?? "",
        step["rc"]!.GetValue<int>(),
        step["stdout"]!.GetValue<string>(),
        step["stderr"]!.GetValue<string>());
}
