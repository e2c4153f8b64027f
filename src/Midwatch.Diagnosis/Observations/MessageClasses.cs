using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Diagnosis.Data;

namespace Midwatch.Diagnosis.Observations;

/// <summary>What the messages of pod statuses and events mean, from <c>message-patterns.yaml</c>.</summary>
public sealed class MessageClasses
{
    private readonly FrozenDictionary<string, ImmutableArray<(string Value, Regex Regex)>> _classes;

    private MessageClasses(YamlRecord file) => _classes = file.Records("messages").ToFrozenDictionary(
        item => item.Needed("about"),
        item => item.Records("classes").Select(one => (one.Needed("value"), DataRegex.Of(one.Needed("regex"))))
            .ToImmutableArray(),
        StringComparer.Ordinal);

    /// <summary>The list that is compiled into Midwatch.</summary>
    public static MessageClasses Default { get; } = new(EmbeddedYaml.LoadOne("Observations/message-patterns.yaml"));

    /// <summary>What a message means.</summary>
    /// <param name="about">The observation type that is asked for, such as <c>pull-failure</c>.</param>
    /// <returns>The first class that matches; <c>other</c> when none does.</returns>
    public string Classify(string about, string message) =>
        _classes[about].FirstOrDefault(one => one.Regex.IsMatch(message)).Value ?? "other";

    /// <summary>Every class that matches, for messages that name several reasons at once.</summary>
    public ImmutableArray<string> ClassifyAll(string about, string message) =>
        [.. _classes[about].Where(one => one.Regex.IsMatch(message)).Select(one => one.Value)];
}
