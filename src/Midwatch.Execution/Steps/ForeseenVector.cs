using System.Collections.Immutable;
using Midwatch.Execution.Redaction;
using Midwatch.Shell.Syntax;

namespace Midwatch.Execution.Steps;

/// <summary>A simple command before it runs.</summary>
/// <param name="Span">Where it stands in the command's text.</param>
/// <param name="Words">Its words; those that only running can tell stand as written.</param>
/// <param name="Known">The same words; null for those that only running can tell.</param>
internal sealed record ForeseenVector(SourceSpan Span, ImmutableArray<string> Words, ImmutableArray<string?> Known)
{
    /// <summary>The secrets among the words that are known.</summary>
    public IEnumerable<(string Name, string Value)> Secrets(SecretArguments secrets) =>
        secrets.In([.. Known.Select(word => word ?? "")]).Where(secret => secret.Value.Length > 0);

    /// <summary>The words for an approval: secrets by their hash, what is not known yet as written.</summary>
    public ImmutableArray<string> Seal(SecretArguments secrets) =>
        [.. secrets.Seal(Words).Select((word, index) => Known[index] is null ? Words[index] : word)];

    /// <summary>
    /// Whether a vector can be what becomes of this command: known words as they are, others any words.
    /// </summary>
    public bool Admits(ImmutableArray<string> arguments) => Admits(0, arguments, 0);

    private bool Admits(int word, ImmutableArray<string> arguments, int argument)
    {
        for (; word < Known.Length && Known[word] is { } known; word++, argument++)
        {
            if (argument >= arguments.Length || arguments[argument] != known)
            {
                return false;
            }
        }

        if (word == Known.Length)
        {
            return argument == arguments.Length;
        }

        for (var next = argument; next <= arguments.Length; next++)
        {
            if (Admits(word + 1, arguments, next))
            {
                return true;
            }
        }

        return false;
    }
}
