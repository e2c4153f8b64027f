using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Calls;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>Judges what <c>find</c> runs for the files it finds: the words between <c>-exec</c> and its end.</summary>
internal sealed class FindReader(Func<ImmutableArray<CallWord>, CallPlace, ImmutableArray<CommandEffect>> calls)
{
    /// <summary>Adds the commands.</summary>
    public void Read(ParsedCall call, Judgement judgement)
    {
        // The data gives -exec the role 'command': its words up to the end come as operands.
        var words = call.Operands;
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].Text is not ("-exec" or "-execdir" or "-ok" or "-okdir"))
            {
                continue;
            }

            var end = i + 1;
            while (end < words.Length && words[end].Text != ";"
                && !(words[end].Text == "+" && words[end - 1].Text == "{}"))
            {
                end++;
            }

            Inner([.. words[(i + 1)..end].Select(word => word.Fed("{}"))], judgement);
            i = end;
        }
    }

    private void Inner(ImmutableArray<CallWord> words, Judgement judgement)
    {
        if (words.IsEmpty)
        {
            judgement.Add(Effect.Unknown, Marks.None, "What find is to run is missing.");
            return;
        }

        foreach (var part in calls(words, judgement.Place.Inside(false)))
        {
            judgement.Add(part);
        }
    }
}
