using System.Collections.Immutable;
using Midwatch.Diagnosis.Lexicons;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Inference;

/// <summary>
/// Tells which objects a text names: "Redis/Triton unavailable" speaks of two workloads and of no other.
/// </summary>
internal sealed class NameMatcher
{
    private readonly ImmutableSortedDictionary<Subject, ImmutableHashSet<string>> _names;

    public NameMatcher(EvidenceIndex index)
    {
        var all = index.Nodes
            .Where(node => node.Subject.IsWorkload || node.Subject.Kind is "service")
            .GroupBy(node => index.EntityOf(node.Subject))
            .ToImmutableSortedDictionary(group => group.Key,
                group => group.SelectMany(Words).ToImmutableHashSet(StringComparer.Ordinal));

        // What most names share (a release's prefix) tells nothing.
        var shared = all.Values.SelectMany(words => words).GroupBy(word => word, StringComparer.Ordinal)
            .Where(group => all.Count > 2 && group.Count() * 2 > all.Count).Select(group => group.Key)
            .ToImmutableHashSet(StringComparer.Ordinal);
        _names = all.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Except(shared));
    }

    /// <summary>
    /// Whether a text with these words can be about the subject: it names it, or names nothing at all.
    /// </summary>
    public bool Allows(ImmutableArray<string> words, Subject subject) =>
        words.IsEmpty || Names(words, subject) || !_names.Keys.Any(other => Names(words, other));

    /// <summary>Whether a text with these words names the subject.</summary>
    public bool Names(ImmutableArray<string> words, Subject subject) =>
        _names.TryGetValue(subject, out var own) && words.Any(own.Contains);

    private static IEnumerable<string> Words(GraphNode node) =>
        Lexicon.Default.Naming(string.Join(
            ' ', node.PodLabels.Concat(node.Labels)
                .Where(label => label.Key.EndsWith("name", StringComparison.Ordinal)
                    || label.Key.EndsWith("component", StringComparison.Ordinal) || label.Key is "app" or "k8s-app")
                .Select(label => label.Value).Append(node.Subject.Name)));
}
