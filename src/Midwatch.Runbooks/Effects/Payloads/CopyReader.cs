using Midwatch.Runbooks.Effects.Calls;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>Judges copies between this machine and another place by the side that is written.</summary>
internal static class CopyReader
{
    /// <summary>Adds what the copy does.</summary>
    public static void Read(ParsedCall call, Judgement judgement)
    {
        if (call.Operands.Length < 2)
        {
            judgement.Add(Effect.Unknown, Marks.None, "The copy names no source or no destination.");
            return;
        }

        if (IsElsewhere(call.Operands[^1].Text))
        {
            judgement.Add(Effect.Change, Marks.Disrupts, "Files elsewhere are overwritten.");
        }
        else
        {
            judgement.Add(Effect.Change, Marks.Local, "Files are written on this machine.");
        }
    }

    private static bool IsElsewhere(string side) => side.Contains(':', StringComparison.Ordinal);
}
