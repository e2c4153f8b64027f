using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects.Calls;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>Judges a jq or yq filter: it computes and prints, but it can show the environment.</summary>
internal static partial class JqReader
{
    /// <summary>Adds what the filter does.</summary>
    public static void Read(CallWord filter, Judgement judgement)
    {
        if (Environment().IsMatch(filter.Text))
        {
            judgement.Add(Effect.Read, Marks.PrintsSecret, "The filter shows variables of the environment.");
        }

        if (Files().IsMatch(filter.Text))
        {
            judgement.Add(Effect.Unknown, Marks.None, "The filter brings in files of its own.");
        }
    }

    [GeneratedRegex(@"\$ENV\b|(^|[|(\[,;\s])env\b")]
    private static partial Regex Environment();

    [GeneratedRegex("\\b(include|import)\\s+\"|\\bload(_str)?\\s*\\(")]
    private static partial Regex Files();
}
