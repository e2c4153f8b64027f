using System.Globalization;
using System.Text;
using Markdig;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Bench;

/// <summary>
/// Compiles documents and parses them with Markdig alone, turn by turn, and prints the medians of processor time.
/// </summary>
internal static class CompileBench
{
    private const int Warm = 20;
    private const int Rounds = 31;

    internal static int Run(IEnumerable<string> paths)
    {
        var texts = paths.Select(path => new RunbookSource(path, File.ReadAllText(path))).ToArray();
        var bare = new MarkdownPipelineBuilder().Build();
        var same = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UseYamlFrontMatter().UsePipeTables()
            .Build();
        var compiler = new RunbookCompiler(EffectJudge.Default());
        var times = new List<(double Bare, double Same, double Compile)>();
        for (var round = 0; round < Warm + Rounds; round++)
        {
            var one = Time(texts, text => Markdown.Parse(text.Text, bare));
            var two = Time(texts, text => Markdown.Parse(text.Text, same));
            var three = Time(texts, text => compiler.Compile(text));
            if (round >= Warm)
            {
                times.Add((one, two, three));
            }
        }

        var bytes = texts.Sum(text => Encoding.UTF8.GetByteCount(text.Text));
        var (plain, set, compiled) = (
            Median(times, each => each.Bare), Median(times, each => each.Same), Median(times, each => each.Compile));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {texts.Length} documents, {bytes} bytes; processor time, medians of {Rounds} rounds after {Warm} to warm up
            Markdig, default pipeline      {plain,8:F2} ms
            Markdig, the compiler's own    {set,8:F2} ms
            compile                        {compiled,8:F2} ms  {compiled / plain:F1} x default, {compiled / set:F1} x own
            """));
        return 0;
    }

    private static double Time(RunbookSource[] texts, Action<RunbookSource> action)
    {
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        foreach (var text in texts)
        {
            action(text);
        }

        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    private static double Median<T>(List<T> times, Func<T, double> part) =>
        times.Select(part).Order().ElementAt(Rounds / 2);
}
