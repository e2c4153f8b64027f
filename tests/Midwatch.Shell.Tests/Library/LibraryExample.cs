using Midwatch.Processes;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Shell.Tests.Library;

/// <summary>What <c>docs/reference/shell-library.md</c> shows, as it stands there.</summary>
internal static class LibraryExample
{
    public static void Parse(string text)
    {
        ShellParseResult result = ShellParser.Parse(text, ShellParserOptions.Runbook);
        foreach (ShellDiagnostic diagnostic in result.Diagnostics)
        {
            Console.WriteLine(diagnostic.Format(text));   // 1:6: SH1001: The quote ' is never closed. Close it, …
        }
    }

    public static ShellPosition Locate(string block)
    {
        Transcript transcript = TranscriptReader.Read([.. block.Split('\n')]);
        ShellParseResult result = ShellParser.Parse(transcript.Commands, ShellParserOptions.Runbook);
        return transcript.Locate(result.Script.Statements[0].Span.Start);     // in the block, prompts counted
    }

    public static async Task<ShellOutcome> RunAsync(string text, string folder, string output)
    {
        ShellParseResult parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
        if (!parsed.IsSound)
        {
            return new ShellOutcome.Refused(parsed.Diagnostics);
        }

        await using var starter = new ProgramStarter();
        var interpreter = new Interpreter(
            new HostedPrograms(starter),
            new ListedPrograms("grep", "sort"),
            new InterpreterOptions { WritableDirectory = folder });

        await using var session = new ShellSession(
            folder, new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" });
        session.Bind("POD", "web 0; rm *");                      // from outside: one word, never code or an option
        var bindings = new PlaceholderBindings(
            PlaceholderBindings.None.Values.Add("name", "web-0"));     // for <name> in the text

        using var input = File.OpenHandle("/dev/null");
        using var printed = File.OpenHandle(output, FileMode.Create, FileAccess.Write);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await interpreter.RunAsync(
            parsed.Script, session, bindings, new ShellStreams(input, printed, printed), limit.Token);
    }
}
