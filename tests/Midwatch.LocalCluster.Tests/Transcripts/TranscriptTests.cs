using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Midwatch.LocalCluster.Tests.Api;

namespace Midwatch.LocalCluster.Tests.Transcripts;

/// <summary>
/// Everything that was recorded on a real control plane is replayed on the local one. The bar is that 3 % of the steps
/// differ, each listed in replay.yaml with a reason; until it is reached, the share that was reached must not grow.
/// </summary>
public sealed class TranscriptTests
{
    private const double ShareBar = 0.03;

    [Fact]
    public async Task What_was_recorded_on_a_real_control_plane_goes_the_same_way_here()
    {
        if (Transcript.Folder is not { } folder)
        {
            Assert.Skip("The transcripts are not here (MIDWATCH_SHARED).");
            return;
        }

        if (Environment.GetEnvironmentVariable("MIDWATCH_TRANSCRIPTS") is null
            && Environment.GetEnvironmentVariable("MIDWATCH_LONG") != "1")
        {
            Assert.Skip("Takes minutes: MIDWATCH_LONG=1 for all, MIDWATCH_TRANSCRIPTS=03a,12 for some.");
        }

        var kubectl = KubectlPrograms.Find("1.35");
        if (kubectl is null)
        {
            Assert.Skip("kubectl 1.35, with which the transcripts were recorded, is not here (eng/prepare --tests).");
        }

        var notes = ReplayNotes.Read(Path.Combine(AppContext.BaseDirectory, "Transcripts", "replay.yaml"));
        var results = await ReplayAsync(folder, notes, kubectl!);
        var wrong = results.Where(one => one.Difference is not null).ToImmutableArray();
        var unlisted = wrong.Where(one => !notes.Differences.ContainsKey(one.Step.Id)).ToImmutableArray();
        var share = (double)wrong.Length / results.Length;
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{results.Length} steps replayed, {wrong.Length} differ ({share:P1}), {unlisted.Length} unlisted.");
        TestContext.Current.TestOutputHelper?.WriteLine(summary);
        Report(summary, wrong, notes);
        Assert.True(share <= Math.Max(ShareBar, notes.ShareReached), summary + "\n" + Tell(unlisted, notes));
    }

    private static async Task<ImmutableArray<StepResult>> ReplayAsync(string folder, ReplayNotes notes, string kubectl)
    {
        // For work on one of them: MIDWATCH_TRANSCRIPTS=03a,12
        var chosen = Environment.GetEnvironmentVariable("MIDWATCH_TRANSCRIPTS")?.Split(',') ?? [""];
        var results = new ConcurrentBag<StepResult>();
        var limits = new ParallelOptions
        {
            MaxDegreeOfParallelism = 4,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        var files = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)
            .Where(file => Array.Exists(
                chosen, one => Path.GetFileName(file).StartsWith(one, StringComparison.Ordinal)));
        await Parallel.ForEachAsync(files, limits, async (file, ct) =>
        {
            await using var cluster = await ReplayCluster.StartAsync(ct);
            foreach (var one in await new Replayer(Transcript.Read(file), cluster, notes, kubectl, ct).RunAsync())
            {
                results.Add(one);
            }
        });
        return [.. results.OrderBy(one => one.Step.Scenario, StringComparer.Ordinal).ThenBy(one => one.Step.Number)];
    }

    private static void Report(string summary, ImmutableArray<StepResult> wrong, ReplayNotes notes)
    {
        if (Environment.GetEnvironmentVariable("MIDWATCH_TRANSCRIPTS_REPORT") is { Length: > 0 } path)
        {
            File.WriteAllText(path, summary + "\n\n" + Tell(wrong, notes));
        }
    }

    private static string Tell(ImmutableArray<StepResult> wrong, ReplayNotes notes)
    {
        var text = new StringBuilder();
        foreach (var one in wrong)
        {
            var listed = notes.Differences.TryGetValue(one.Step.Id, out var reason) ? $" [listed: {reason}]" : "";
            _ = text.AppendLine(CultureInfo.InvariantCulture, $"## {one.Step.Id}{listed} {one.Step.Line}")
                .AppendLine(one.Difference).AppendLine();
        }

        return text.ToString();
    }
}
