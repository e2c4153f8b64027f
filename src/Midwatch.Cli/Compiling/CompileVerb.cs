using System.Collections.Immutable;
using Midwatch.Cli.Runbooks;
using Midwatch.Cli.Terminal;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Export;
using Midwatch.Runbooks.Export.Summaries;

namespace Midwatch.Cli.Compiling;

/// <summary>
/// Compiles runbooks and shows them. A runbook that is faulty is shown with its diagnostics; that is no failure. A
/// file that cannot be read is named; the others are shown all the same.
/// </summary>
internal sealed class CompileVerb(Screen screen)
{
    internal int Run(CompileRequest request)
    {
        var (files, remarks, problem) = RunbookPaths.Expand(request.Paths);
        if (problem is not null)
        {
            screen.Complain(problem);
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

        var batch = new RunbookBatch(screen, new RunbookCompiler(judge));
        var status = Show(request, files, batch);
        foreach (var unread in batch.Problems)
        {
            screen.Complain(unread);
        }

        return batch.Problems.Count > 0 ? ExitCodes.Usage : status;
    }

    private int Show(CompileRequest request, ImmutableArray<string> files, RunbookBatch batch)
    {
        if (request.Explain is { } line)
        {
            return Explain(files, batch, line);
        }

        if (request.Summary)
        {
            Summary(request.Format, new CollectionDigest([.. batch.Select(files, RunbookDigest.Of)]));
        }
        else if (request.Format == CompileFormat.Json)
        {
            using var stream = new TextStream(screen.Output);
            CompiledJson.Write(stream, batch.Select(files, runbook => runbook));
            screen.Line();
        }
        else
        {
            Trees(files, batch);
        }

        return ExitCodes.Well;
    }

    private void Summary(CompileFormat format, CollectionDigest collection)
    {
        switch (format)
        {
            case CompileFormat.Json:
                using (var stream = new TextStream(screen.Output))
                {
                    SummaryJson.Write(stream, collection);
                }

                screen.Line();
                break;
            case CompileFormat.Html:
                SummaryPage.Write(screen.Output, collection);
                break;
            default:
                new CompileSummary(screen).Show(collection);
                break;
        }
    }

    private void Trees(ImmutableArray<string> files, RunbookBatch batch)
    {
        var first = true;
        foreach (var runbook in batch.Select(files, runbook => runbook))
        {
            if (!first)
            {
                screen.Line();
            }

            CompiledTree.Write(screen.Output, runbook, screen.Colour);
            first = false;
        }
    }

    private int Explain(ImmutableArray<string> files, RunbookBatch batch, int line)
    {
        if (files.Length != 1)
        {
            screen.Complain("--explain takes a line of one runbook; name one file.");
            return ExitCodes.Usage;
        }

        if (batch.Select(files, runbook => runbook).FirstOrDefault() is not { } runbook)
        {
            return ExitCodes.Usage;
        }

        var lines = RunbookText.Lines(runbook);
        if (line < 1 || line > lines.Length)
        {
            screen.Complain($"{runbook.Path}: it has no line {line}; its last is {lines.Length}.");
            return ExitCodes.Usage;
        }

        new LineExplanation(screen, runbook).Show(line, lines[line - 1]);
        return ExitCodes.Well;
    }
}
