using System.Collections.Immutable;
using Midwatch.Cli.Terminal;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Compilation;

namespace Midwatch.Cli.Runbooks;

/// <summary>
/// Reads and compiles many runbooks on all cores, a bounded number at a time, and hands them on in the order of the
/// files.
/// </summary>
internal sealed class RunbookBatch(Screen screen, RunbookCompiler compiler)
{
    // Enough to keep every core busy, few enough that a folder of any size fits into memory.
    private const int ChunkPerCore = 32;

    private readonly List<string> _problems = [];

    /// <summary>
    /// Files that could not be read, each named with the reason; complete when the batch was read to its end.
    /// </summary>
    internal IReadOnlyList<string> Problems => _problems;

    /// <summary>What is asked of each runbook, in the order of the files.</summary>
    /// <param name="ask">Called from many threads.</param>
    internal IEnumerable<T> Select<T>(ImmutableArray<string> files, Func<Runbook, T> ask)
        where T : class
    {
        var progress = new BatchProgress(screen, files.Length);
        var size = ChunkPerCore * Environment.ProcessorCount;
        for (var start = 0; start < files.Length; start += size)
        {
            var count = Math.Min(size, files.Length - start);
            var answers = new (T? Answer, string? Problem)[count];
            var first = start;
            Parallel.For(0, count, i =>
            {
                var (runbook, why) = RunbookFile.Read(compiler, files[first + i]);
                answers[i] = (runbook is null ? null : ask(runbook), why);
                progress.Done();
            });
            foreach (var (answer, problem) in answers)
            {
                if (answer is not null)
                {
                    yield return answer;
                }
                else
                {
                    _problems.Add(problem ?? files[start]);
                }
            }
        }

        progress.End();
    }
}
