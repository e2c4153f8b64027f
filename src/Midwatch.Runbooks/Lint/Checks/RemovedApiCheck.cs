using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// API versions that Kubernetes no longer serves, in blocks, here-documents and commands (MW2005). Data:
/// <c>removed-apis.txt</c>, rows of <c>group and version | kinds | removed in | what to write instead</c>.
/// </summary>
internal sealed class RemovedApiCheck : DocumentCheck
{
    private readonly FrozenDictionary<string, ImmutableArray<ImmutableArray<string>>> _rows = LintData
        .Rows("removed-apis.txt")
        .GroupBy(row => row[0])
        .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document)
    {
        if (!document.Runbook.Text.Contains("apiVersion", StringComparison.Ordinal))
        {
            yield break;
        }

        foreach (var code in document.Outline.OfType<OutlineNode.Code>())
        {
            for (var i = 0; i < code.Lines.Length; i++)
            {
                var line = code.Lines[i];
                if (line.TrimStart() is var text && text.StartsWith("apiVersion:", StringComparison.Ordinal)
                    && _rows.TryGetValue(text["apiVersion:".Length..].Trim().Trim('"', '\''), out var rows)
                    && Row(rows, Kind(code.Lines, i)) is { } row)
                {
                    var at = line.IndexOf(row[0], StringComparison.Ordinal);
                    var origin = code.Origins[i];
                    yield return new Report("MW2005",
                        new DocumentSpan(origin.Line, origin.Column + at, origin.Line,
                            origin.Column + at + row[0].Length),
                        $"Kubernetes {row[2]} no longer serves '{row[0]}'.", $"Write 'apiVersion: {row[3]}'.");
                }
            }
        }
    }

    private static ImmutableArray<string>? Row(ImmutableArray<ImmutableArray<string>> rows, string? kind)
    {
        foreach (var row in rows)
        {
            if (row[1] == "*" || (kind is not null && row[1].Split(',', StringSplitOptions.TrimEntries).Contains(kind)))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>The kind of the object that an <c>apiVersion</c> line belongs to: at the same depth, nearby.</summary>
    private static string? Kind(ImmutableArray<string> lines, int at)
    {
        var indent = lines[at].Length - lines[at].TrimStart(' ', '-').Length;
        return lines.Skip(Math.Max(0, at - 3)).Take(8)
            .Where(line => line.Length - line.TrimStart(' ', '-').Length == indent)
            .Select(line => line.TrimStart(' ', '-'))
            .Where(line => line.StartsWith("kind:", StringComparison.Ordinal))
            .Select(line => line["kind:".Length..].Trim())
            .FirstOrDefault();
    }
}
