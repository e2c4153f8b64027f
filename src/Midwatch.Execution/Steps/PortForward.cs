using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Midwatch.Execution.Steps;

/// <summary>The local ports of <c>kubectl port-forward TARGET [LOCAL:]REMOTE …</c>.</summary>
internal static partial class PortForward
{
    /// <summary>The ports it will open; 0 stands for one that it chooses itself.</summary>
    public static ImmutableArray<int> LocalPorts(ImmutableArray<string> argv) =>
        [.. argv.Skip(1).Select(word => Pair().Match(word)).Where(match => match.Success).Select(LocalPort)];

    private static int LocalPort(Match pair)
    {
        var text = pair.Groups["only"].Success ? pair.Groups["only"].Value : pair.Groups["local"].Value;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0;
    }

    [GeneratedRegex(@"^((?<only>\d{1,5})|(?<local>\d{0,5}):[A-Za-z0-9-]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pair();
}
