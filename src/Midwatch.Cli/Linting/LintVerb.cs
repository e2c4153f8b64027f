using System.Collections.Immutable;
using System.Text;
using Midwatch.Cli.Runbooks;
using Midwatch.Cli.Terminal;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint;
using Midwatch.Runbooks.Lint.Manifests;
using Midwatch.Runbooks.Lint.Reports;
using Midwatch.Runbooks.Lint.Rules;

namespace Midwatch.Cli.Linting;

/// <summary>Lints runbooks and shows what is wrong.</summary>
internal sealed class LintVerb(Screen screen, TimeProvider time)
{
    private readonly CodeCatalogue _catalogue = new();

    /// <summary>Shows the page of one code.</summary>
    internal int Explain(string name)
    {
        if (_catalogue.Find(name) is not { } code)
        {
            screen.Complain($"'{name}' is no code; 'midwatch lint --codes' lists them.");
            return ExitCodes.Usage;
        }

        screen.Line(CodePages.Page(code)?.TrimEnd() ?? $"{code.Id}: {code.Title}");
        return ExitCodes.Well;
    }

    /// <summary>Lists all codes.</summary>
    internal int List()
    {
        CodePages.List(screen, _catalogue);
        return ExitCodes.Well;
    }

    /// <summary>Lints.</summary>
    internal async Task<int> RunAsync(LintRequest request, CancellationToken cancellationToken)
    {
        var (configuration, problem) = Configuration(request);
        var (files, remarks, missing) = problem is null
            ? LintPaths.Expand(request.Paths, configuration!)
            : ([], [], problem);
        if (missing is not null || Settings(request, configuration!) is not { } settings)
        {
            screen.Complain(missing ?? "an option names a code that is none; 'midwatch lint --codes' lists them.");
            return ExitCodes.Usage;
        }

        foreach (var remark in remarks)
        {
            screen.Complain(remark);
        }

        if (EffectFiles.Judge(screen, request.Effects) is not { } judge)
        {
            return ExitCodes.Usage;
        }

        var outcomes = Read(judge, files, request.StdinName, cancellationToken);
        var (input, unread) = Input(request, configuration!, outcomes, settings);
        var problems = outcomes.Select(each => each.Problem).OfType<string>().Concat(unread).ToList();
        problems.ForEach(screen.Complain);
        if (input is null)
        {
            return ExitCodes.Usage;
        }

        var linter = new Linter(_catalogue, judge);
        var around = new LintSurroundings(screen, time);
        input = request.Cluster ? await around.WithClusterAsync(input, request, cancellationToken) : input;
        input = input is null ? null
            : await around.WithQueriesAsync(input, linter.Queries(input), request.Prometheus, cancellationToken);
        if (input is null)
        {
            return ExitCodes.CouldNot;
        }

        ImmutableArray<Finding> findings =
        [
            .. outcomes.Select(each => each.Finding).OfType<Finding>(), .. linter.Lint(input,
                cancellationToken),
        ];
        var tally = LintTally.Of(findings, outcomes.Count(each => each.Problem is null));
        Show(request.Format, findings, tally, input);
        var level = LintRequest.Level(request.FailOn ?? configuration!.FailOn ?? "error");
        return problems.Count > 0 ? ExitCodes.Usage
            : level is { } least && tally.Reaches(least) ? ExitCodes.No : ExitCodes.Well;
    }

    private (LintConfiguration? Read, string? Problem) Configuration(LintRequest request)
    {
        var first = request.Paths.FirstOrDefault(path => path != "-") ?? ".";
        var start = Directory.Exists(first) ? first : Path.GetDirectoryName(Path.GetFullPath(first)) ?? ".";
        var file = request.Config ?? LintConfiguration.Find(start);
        return file is null ? (new LintConfiguration(), null) : LintConfiguration.Read(file, _catalogue);
    }

    private LintSettings? Settings(LintRequest request, LintConfiguration configuration)
    {
        var codes = configuration.Codes;
        foreach (var (name, isOn) in request.Enable.Select(each => (each, true))
            .Concat(request.Disable.Select(each => (each, false))))
        {
            if (_catalogue.Find(name) is not { } code)
            {
                return null;
            }

            codes = codes.SetItem(code.Id, new CodeSetting(isOn, codes.GetValueOrDefault(code.Id)?.Severity));
        }

        return new LintSettings { Codes = codes, All = request.All };
    }

    private static ImmutableArray<LintFiles.Outcome> Read(
        EffectJudge judge, ImmutableArray<string> files, string stdin, CancellationToken cancellationToken)
    {
        var compiler = new RunbookCompiler(judge);
        return
        [
            .. files.Length <= 2
                ? files.Select(file => LintFiles.Read(compiler, file, file == "-" ? stdin : file))
                : files.AsParallel().AsOrdered().WithCancellation(cancellationToken)
                    .Select(file => LintFiles.Read(compiler, file, file == "-" ? stdin : file)),
        ];
    }

    private (LintInput? Input, ImmutableArray<string> Problems) Input(
        LintRequest request, LintConfiguration configuration, ImmutableArray<LintFiles.Outcome> outcomes,
        LintSettings settings)
    {
        var (rules, noRules) = LintFiles.Yaml([.. configuration.Rules, .. request.Rules]);
        var (manifests, noManifests) = LintFiles.Yaml([.. configuration.Manifests, .. request.Manifests]);
        if ((noRules ?? noManifests) is { } problem)
        {
            return (null, [problem]);
        }

        var set = manifests.IsEmpty ? null : ManifestReader.Read(manifests);
        if (set is { Unread.IsEmpty: false })
        {
            screen.Hint($"Not read, because they are no plain YAML (templates?): {string.Join(", ", set.Unread)}");
        }

        return (new LintInput
        {
            Runbooks = [.. outcomes.Select(each => each.Runbook).OfType<Runbook>()],
            Rules = rules.IsEmpty ? null : RuleReader.Read(rules),
            Manifests = set,
            Settings = settings,
            FileExists = Path.Exists,
        }, []);
    }

    private void Show(string format, ImmutableArray<Finding> findings, LintTally tally, LintInput input)
    {
        switch (format)
        {
            case "json":
                screen.Line(Written(stream => JsonReport.Write(stream, findings, tally, _catalogue)));
                break;
            case "sarif":
                screen.Line(Written(stream => SarifReport.Write(stream, findings, _catalogue, ProductVersion.Value)));
                break;
            case "github":
                GitHubReport.Write(screen.Output, findings, tally);
                break;
            default:
                var texts = input.Runbooks.ToDictionary(runbook => runbook.Path, runbook => runbook.Text);
                new TextReport(screen.Output, screen.Colour, screen.Columns).Write(findings, tally,
                    path => texts.TryGetValue(path, out var text) ? text : LintFiles.Excerpt(path));
                break;
        }
    }

    private static string Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
