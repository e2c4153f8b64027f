using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Midwatch.Runbooks.Lint;

namespace Midwatch.Cli.Commands;

/// <summary>What is wrong with a command line, with the word that was probably meant.</summary>
internal static class Mistakes
{
    /// <summary>A sentence for each mistake; none for a line that can be carried out.</summary>
    internal static ImmutableArray<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..])
        {
            // What stands behind it was meant for the command that it should have named.
            return
            [
                word.StartsWith('-') ? NoOption(parsed.CommandResult, word)
                    : Told($"'{Invoked(parsed)}' has no command '{word}'.", word,
                        command.Subcommands.Select(each => each.Name)),
            ];
        }

        var strange = Strange(parsed).ToList();
        return strange.Count > 0
            ? [.. strange.Select(token => NoOption(parsed.CommandResult, token))]
            : [.. parsed.Errors.Select(error => error.Message)];
    }

    /// <summary>The command as the user called it, as far as it was understood.</summary>
    internal static string Invoked(ParseResult parsed) => string.Join(' ', Line(parsed.CommandResult)
        .Reverse().Select(result => result.Command.Name));

    // A path may begin with a hyphen, but two stand for an option that is none; behind "--" everything is a path.
    private static IEnumerable<string> Strange(ParseResult parsed)
    {
        var meant = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => token.Type == TokenType.Argument).ToHashSet();
        return parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(result => result.Tokens)
            .Where(token => token.Value.Length > 2 && token.Value.StartsWith("--", StringComparison.Ordinal)
                && meant.Contains(token))
            .Select(token => token.Value);
    }

    private static string NoOption(CommandResult command, string token)
    {
        var name = token.Split('=')[0];
        return Told($"'{command.Command.Name}' has no option '{name}'.", name,
            Line(command).SelectMany(each => each.Command.Options).SelectMany(each => each.Aliases.Prepend(each.Name)));
    }

    private static string Told(string sentence, string word, IEnumerable<string> known) =>
        Nearest.To(word, known) is { } near ? $"{sentence} Did you mean '{near}'?" : sentence;

    private static IEnumerable<CommandResult> Line(CommandResult command)
    {
        for (SymbolResult? result = command; result is not null; result = result.Parent)
        {
            if (result is CommandResult each)
            {
                yield return each;
            }
        }
    }
}
