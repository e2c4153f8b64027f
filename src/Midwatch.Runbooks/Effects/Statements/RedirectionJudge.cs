using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects.Statements;

/// <summary>Judges redirections: what is written, and what is read from the document.</summary>
internal sealed class RedirectionJudge(CallPlace place)
{
    /// <summary>What redirections do.</summary>
    /// <param name="Parts">What they write.</param>
    /// <param name="Input">What the command reads through them; null when they leave its input alone.</param>
    /// <param name="TakesOutput">The standard output goes into a file.</param>
    internal sealed record Outcome(ImmutableArray<CommandEffect> Parts, CallInput? Input, bool TakesOutput)
    {
        /// <summary>No redirection.</summary>
        public static Outcome Nothing { get; } = new([], null, false);
    }

    /// <summary>Judges all redirections of a statement.</summary>
    public Outcome Judge(ImmutableArray<Redirection> redirections, string source)
    {
        if (redirections.IsEmpty)
        {
            return Outcome.Nothing;
        }

        var parts = ImmutableArray.CreateBuilder<CommandEffect>();
        CallInput? input = null;
        var takes = false;
        foreach (var redirection in redirections)
        {
            var target = WordReading.Read(redirection.Target, source);
            switch (redirection.Operator)
            {
                case RedirectionOperator.HereDocument or RedirectionOperator.HereDocumentDedented:
                    input = new CallInput.Document(
                        redirection.HereDocument is { } document
                            ? WordReading.Read(document.Body, source)
                            : new CallWord(""));
                    break;
                case RedirectionOperator.HereString:
                    input = new CallInput.Document(target);
                    break;
                case RedirectionOperator.Input:
                    input = CallInput.Pipe;
                    parts.AddRange(Network(target, redirection.Span));
                    break;
                case RedirectionOperator.DuplicateInput:
                    break;
                case RedirectionOperator.DuplicateOutput when target.Text is "-" || target.Text.All(char.IsAsciiDigit):
                    break;
                default:
                    takes |= redirection.Descriptor is null or 1;
                    parts.AddRange(File(target, redirection.Span));
                    break;
            }
        }

        return new Outcome(parts.ToImmutable(), input, takes);
    }

    /// <summary>What writing a file does.</summary>
    public IEnumerable<CommandEffect> File(CallWord target, SourceSpan? span)
    {
        if (target.Text is "/dev/null" or "/dev/stdout" or "/dev/stderr" or "/dev/tty" or "/dev/fd/1" or "/dev/fd/2")
        {
            return [];
        }

        var strange = target.Text.StartsWith("/dev/", StringComparison.Ordinal)
            || target.Text.StartsWith("/proc/", StringComparison.Ordinal)
            || target.Text.StartsWith("/sys/", StringComparison.Ordinal);
        return
        [
            strange
                ? Part(Effect.Unknown, Marks.None, $"What writing to '{target.Text}' does cannot be told.", span)
                : Part(Effect.Change, place.Remote ? Marks.None : Marks.Local,
                    $"The file '{target.Text}' is written.", span),
        ];
    }

    private static IEnumerable<CommandEffect> Network(CallWord target, SourceSpan span) =>
        target.Text.StartsWith("/dev/tcp/", StringComparison.Ordinal)
            || target.Text.StartsWith("/dev/udp/", StringComparison.Ordinal)
            ? [Part(Effect.Read, Marks.None, "A connection is tried.", span)]
            : [];

    private static CommandEffect Part(Effect effect, Marks marks, string why, SourceSpan? span) => new()
    {
        Effect = effect, Marks = marks, Program = "", Reasons = [why], Parts = [], Span = span,
        Action = effect == Effect.Read ? null : "write-file",
    };
}
