using System.Text;

namespace Midwatch.Shell.Expansion;

/// <summary>What a match is replaced by; some of its characters may stand for the match itself.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Marks">For each whether it is an <c>&amp;</c> that stands for the match.</param>
internal sealed record Replacement(string Text, IReadOnlyList<bool> Marks)
{
    private readonly bool _plain = !Marks.Contains(true);

    public string Of(string match)
    {
        if (_plain)
        {
            return Text;
        }

        var result = new StringBuilder();
        for (var i = 0; i < Text.Length; i++)
        {
            result.Append(Marks[i] ? match : Text[i].ToString());
        }

        return result.ToString();
    }
}
