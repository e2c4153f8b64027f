using System.Reflection;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Tests.Acceptance;

/// <summary>A line of the table of expected targets: <c>-</c> for none, <c>*</c> for what only the run knows.</summary>
internal sealed record ExpectedTarget(string Id, string Kind, string Name, string Namespace, string Selector)
{
    /// <summary>The table by the command's id.</summary>
    public static IReadOnlyDictionary<string, ExpectedTarget> All()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Acceptance/targets.txt");
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n')
            .Where(line => line.StartsWith('S'))
            .Select(line => line.Split(' '))
            .ToDictionary(word => word[0], word => new ExpectedTarget(word[0], word[1], word[2], word[3], word[4]),
                StringComparer.Ordinal);
    }

    /// <summary>
    /// Whether what was found is this; where nothing of a cluster is expected, anything but that will do.
    /// </summary>
    public bool IsMetBy(TargetReference? found) => Kind == "-"
        ? found?.Namespace is null
        : Kind == (found?.Kind ?? "-") && (Name == "*" || Name == (found?.Name ?? "-"))
            && Namespace == (found?.Namespace ?? "-") && Selector == (found?.Selector ?? "-");
}
