using System.Globalization;
using Markdig;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Shell.Syntax;

namespace Midwatch.Bench;

/// <summary>What compiling is made of: its parts one by one over the same documents, medians of processor time.</summary>
internal static class PartsBench
{
    private const int Warm = 20;
    private const int Rounds = 31;

    internal static int Run(IEnumerable<string> paths)
    {
        var sources = paths.Select(path => new RunbookSource(path, File.ReadAllText(path))).ToArray();
        var markdown = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UseYamlFrontMatter().UsePipeTables()
            .Build();
        var judge = EffectJudge.Default();
        var compiler = new RunbookCompiler(judge);
        var commands = sources.SelectMany(source => Commands(compiler, source)).ToArray();
        var scripts = commands.Select(text => (Text: text, Parsed: ShellParser.Parse(text, ShellParserOptions.Runbook)))
            .Where(each => each.Parsed.IsSound).ToArray();
        var different = scripts.DistinctBy(each => each.Text).ToArray();

        var all = Median(() => Array.ForEach(sources, source => compiler.Compile(source)));
        var read = Median(() => Array.ForEach(sources, source => Markdown.Parse(source.Text, markdown)));
        var parsed = Median(() => Array.ForEach(commands, text =>
            ShellParser.Parse(text, ShellParserOptions.Runbook)));
        var judged = Median(() => Array.ForEach(scripts, each => judge.Judge(each.Parsed.Script, each.Text)));
        var once = Median(() => Array.ForEach(different, each => judge.Judge(each.Parsed.Script, each.Text)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {sources.Length} documents, {commands.Length} commands, {different.Length} of them different
            compile                           {all,8:F2} ms
            Markdig                           {read,8:F2} ms
            parsing each command once         {parsed,8:F2} ms  {1000 * parsed / commands.Length:F1} µs each
            judging each command              {judged,8:F2} ms  {1000 * judged / scripts.Length:F1} µs each
            judging each different one        {once,8:F2} ms
            all else (prose, structure, holes) {all - read - parsed - judged,7:F2} ms
            """));
        return 0;
    }

    private static IEnumerable<string> Commands(RunbookCompiler compiler, RunbookSource source) =>
        compiler.Compile(source).Procedures
            .SelectMany(procedure => procedure.Steps.Concat(procedure.Scenarios.SelectMany(each => each.Steps)))
            .SelectMany(step => step.Commands).Select(command => command.Text);

    private static double Median(Action action)
    {
        var times = new List<double>();
        for (var round = 0; round < Warm + Rounds; round++)
        {
            GC.Collect();
            var before = Environment.CpuUsage.TotalTime;
            action();
            if (round >= Warm)
            {
                times.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            }
        }

        return times.Order().ElementAt(Rounds / 2);
    }
}
