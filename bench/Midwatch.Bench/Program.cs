using System.Globalization;
using System.Text;
using Markdig;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;

// Compiles documents and parses them with Markdig alone, turn by turn, and prints the medians of processor time.
const int warm = 20;
const int rounds = 31;
var texts = args.Select(path => (Path: path, Text: File.ReadAllText(path))).ToArray();
if (texts.Length == 0)
{
    Console.Error.WriteLine("Name Markdown files.");
    return 2;
}

var bare = new MarkdownPipelineBuilder().Build();
var same = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UseYamlFrontMatter().UsePipeTables().Build();
var compiler = new RunbookCompiler(EffectJudge.Default());
var times = new List<(double Bare, double Same, double Compile)>();
for (var round = 0; round < warm + rounds; round++)
{
    var one = Time(text => Markdown.Parse(text.Text, bare));
    var two = Time(text => Markdown.Parse(text.Text, same));
    var three = Time(text => compiler.Compile(new RunbookSource(text.Path, text.Text)));
    if (round >= warm)
    {
        times.Add((one, two, three));
    }
}

var bytes = texts.Sum(text => Encoding.UTF8.GetByteCount(text.Text));
var (plain, set, compiled) = (Median(each => each.Bare), Median(each => each.Same), Median(each => each.Compile));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
    {texts.Length} documents, {bytes} bytes; processor time, medians of {rounds} rounds after {warm} to warm up
    Markdig, default pipeline      {plain,8:F2} ms
    Markdig, the compiler's own    {set,8:F2} ms
    compile                        {compiled,8:F2} ms  {compiled / plain:F1} x default, {compiled / set:F1} x own
    """));
return 0;

double Time(Action<(string Path, string Text)> action)
{
    GC.Collect();
    var before = Environment.CpuUsage.TotalTime;
    foreach (var text in texts)
    {
        action(text);
    }

    return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
}

double Median(Func<(double Bare, double Same, double Compile), double> part) =>
    times.Select(part).Order().ElementAt(rounds / 2);
