using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>eval</c> and <c>source</c>: they run text.</summary>
internal static class TextBuiltins
{
    private const int TextDepthMax = 20;
    private const int SyntaxErrorStatus = 2;

    public static async ValueTask<Flow> EvalAsync(BuiltinCall call)
    {
        var words = call.Arguments.Skip(1).SkipWhile(word => word == "--").ToArray();
        if (Objection(call) is { } objection)
        {
            return objection;
        }

        var text = string.Join(' ', words);
        var parsed = InnerText.Parse(text, call.Span);
        return parsed.IsSound
            ? await RunAsync(call, parsed.Script.Statements, text)
            : call.Fail(parsed.Diagnostics[0].Message, SyntaxErrorStatus);
    }

    public static async ValueTask<Flow> SourceAsync(BuiltinCall call)
    {
        var context = call.Context;
        var words = call.Arguments[1..];
        words = words is ["--", ..] ? words[1..] : words;
        if (words.IsEmpty)
        {
            return call.Fail("filename argument required", 2);
        }

        var read = SourcedFile.Read(words[0], context.State.WorkingDirectory, context.Run.Options.SourceDirectory);
        if (read.Refusal is { } refusal)
        {
            return context.Run.Stop("SH3008", refusal, "Write the commands into the script.", call.Span);
        }

        if (read.Text is not { } text)
        {
            return call.Fail($"{words[0]}: No such file or directory");
        }

        var parsed = InnerText.Parse(text, call.Span);
        if (!parsed.IsSound)
        {
            return call.Fail(parsed.Diagnostics[0].Message, SyntaxErrorStatus);
        }

        var positional = context.State.Positional;
        context.State.Positional = words.Length > 1 ? words[1..] : positional;
        context.State.FunctionDepth++;
        var flow = await RunAsync(call, parsed.Script.Statements, text);
        context.State.FunctionDepth--;
        context.State.Positional = words.Length > 1 ? positional : context.State.Positional;
        return flow.Kind == FlowKind.Return ? Flow.Next(flow.Status) : flow;
    }

    /// <summary>Why the arguments must not be run as code; null when they may.</summary>
    public static Flow? Objection(BuiltinCall call) => call.CarriesSyntax
        ? call.Context.Run.Stop(
            "SH3008",
            $"{call.Arguments[0]} would run a value as code: only a name, a number or a path may be put into it.",
            "Write the command itself, with the value as an argument.",
            call.Span)
        : null;

    private static async ValueTask<Flow> RunAsync(BuiltinCall call, ImmutableArray<Statement> statements, string text)
    {
        var context = call.Context;
        if (context.TextDepth >= TextDepthMax)
        {
            return context.Run.Stop("SH3006", "Texts run texts without end.", "Write it as a loop.", call.Span);
        }

        var refusals = new List<ShellDiagnostic>();
        var constructs = new SupportedConstructs(refusals, extendedGlobs: true);
        foreach (var node in statements.SelectMany(ShellTree.Descendants))
        {
            constructs.Check(node);
        }

        if (refusals is [var first, ..])
        {
            return context.Run.Stop(first);
        }

        return await new ListExecutor(context with { TextDepth = context.TextDepth + 1 })
            .RunTextAsync(statements, text.Contains('\n', StringComparison.Ordinal) ? null : text);
    }
}
