using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Midwatch.Cli.Prerequisites;
using Midwatch.Processes;

namespace Midwatch.Cli.Linting;

/// <summary>Asks Prometheus' own <c>promtool</c> what it says of queries: all of them in one call.</summary>
internal sealed partial class Promtool(ProgramStarter starter, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong with which queries, by their text; null when promtool did not answer.</summary>
    internal async Task<ImmutableDictionary<string, string>?> AskAsync(
        ImmutableArray<string> queries, CancellationToken cancellationToken)
    {
        if (SearchPath.Find("promtool") is not { } program)
        {
            return null;
        }

        var file = Path.Combine(Path.GetTempPath(), $"midwatch-{Environment.ProcessId}-queries.yaml");
        try
        {
            await File.WriteAllTextAsync(file, Rules(queries), cancellationToken);
            return await RunAsync(program, file, cancellationToken) is { } output ? Problems(output, queries) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A rule file with one rule for each query. Its strings are JSON, which YAML reads as they are.</summary>
    private static string Rules(ImmutableArray<string> queries)
    {
        var text = new StringBuilder("groups:\n- name: queries\n  rules:\n");
        for (var i = 0; i < queries.Length; i++)
        {
            var query = System.Text.Json.JsonEncodedText.Encode(queries[i]).ToString();
            text.Append(CultureInfo.InvariantCulture, $"  - record: query{i}\n    expr: \"{query}\"\n");
        }

        return text.ToString();
    }

    private static ImmutableDictionary<string, string> Problems(string output, ImmutableArray<string> queries)
    {
        var problems = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (Match match in Line().Matches(output))
        {
            var index = int.Parse(match.Groups["rule"].Value, CultureInfo.InvariantCulture) - 1;
            if (index >= 0 && index < queries.Length)
            {
                problems[queries[index]] = $"{match.Groups["what"].Value.Trim().TrimEnd('.')}.";
            }
        }

        return problems.ToImmutable();
    }

    private async Task<string?> RunAsync(string program, string file, CancellationToken cancellationToken)
    {
        using var pipe = OsPipe.Create();
        var spec = new ProgramSpec
        {
            Argv = [program, "check", "rules", file],
            Environment = OutsideProgram.OwnEnvironment(),
            WorkingDirectory = Environment.CurrentDirectory,
            StandardOutput = pipe.Write,
            StandardError = pipe.Write,
        };
        if (starter.Start(spec) is not StartResult.Started started)
        {
            return null;
        }

        pipe.Write.Dispose();
        var capture = BoundedCapture.Start(starter, pipe.Read);
        try
        {
            await using var running = started.Program;
            await running.Exited.WaitAsync(Limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            await capture.Completion;
        }

        return Encoding.UTF8.GetString(capture.Kept());
    }

    [GeneratedRegex(
        @"rule (?<rule>\d+), ""query\d+"": (could not parse expression: )?(?<what>[^\n]+)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
