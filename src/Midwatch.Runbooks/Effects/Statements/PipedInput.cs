using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects.Statements;

/// <summary>Tells what a member of a pipeline hands to the next one, where that stands in the document.</summary>
internal static class PipedInput
{
    /// <summary>The input of the next member.</summary>
    /// <param name="parts">The judgement of <paramref name="statement"/>.</param>
    public static CallInput From(Statement statement, ImmutableArray<CommandEffect> parts, string source)
    {
        if (statement.Command is not Command.Simple { Words: { IsEmpty: false } words })
        {
            return CallInput.Pipe;
        }

        ImmutableArray<CallWord> call = [.. words.Select(word => WordReading.Read(word, source))];
        return call[0] switch
        {
            { Known: true, Text: "cat" } when call.Length == 1 => HereDocument(statement, source),
            { Known: true, Text: "echo" or "printf" } => Echo(call),
            _ when parts is [{ Makes: { } makes }, ..] => new CallInput.Made(makes, MadeAction(makes)),
            _ => CallInput.Pipe,
        };
    }

    private static string MadeAction(TargetReference target) => target.Kind == "secret" ? "restore-secret" : "apply";

    private static CallInput HereDocument(Statement statement, string source) =>
        new RedirectionJudge(CallPlace.Alone).Judge(statement.Redirections, source).Input is CallInput.Document document
            ? document
            : CallInput.Pipe;

    private static CallInput.Document Echo(ImmutableArray<CallWord> call)
    {
        var words = call.Skip(1).SkipWhile(word => word is { Known: true, LooksLikeOption: true });
        return new CallInput.Document(CallWord.Join([.. words]));
    }
}
