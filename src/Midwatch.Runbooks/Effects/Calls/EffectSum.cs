using System.Collections.Immutable;

namespace Midwatch.Runbooks.Effects.Calls;

/// <summary>Adds parts up to a whole: a pipeline is as bad as its worst part.</summary>
internal static class EffectSum
{
    /// <summary>The whole of some parts, in order.</summary>
    public static CommandEffect Of(ImmutableArray<CommandEffect> parts)
    {
        if (parts.IsEmpty)
        {
            return new CommandEffect
            {
                Effect = Effect.Read, Marks = Marks.None, Program = "", Reasons = ["It starts no program."], Parts = [],
            };
        }

        if (parts is [var only])
        {
            return only with { Span = null, Makes = null, Parts = parts };
        }

        var worst = parts.MaxBy(part => part.Effect)!;
        var acting = worst.Effect == Effect.Read
            ? parts.FirstOrDefault(part => part.Target is not null) ?? parts[0]
            : parts.FirstOrDefault(part => part.Effect == worst.Effect && part.Action is not null) ?? worst;
        var first = parts.FirstOrDefault(part => part.Program.Length > 0) ?? parts[0];
        return new CommandEffect
        {
            Effect = worst.Effect,
            Marks = SharedMarks(parts),
            Program = first.Program,
            Subcommand = first.Subcommand,
            Target = acting.Target ?? parts.FirstOrDefault(part => part.Target is not null)?.Target,
            Action = acting.Action,
            Elsewhere = All(parts, part => part.Elsewhere),
            Hosts = All(parts, part => part.Hosts),
            CodeWords = All(parts, part => part.CodeWords),
            Reasons = [.. parts.OrderByDescending(part => part.Effect).SelectMany(part => part.Reasons).Distinct()],
            Parts = parts,
        };
    }

    private static ImmutableArray<string> All(
        ImmutableArray<CommandEffect> parts, Func<CommandEffect, ImmutableArray<string>> texts) =>
        parts.All(part => texts(part).IsEmpty) ? [] : [.. parts.SelectMany(part => texts(part)).Distinct()];

    /// <summary>
    /// The marks of all parts; those that excuse a change (it is only local, only synthetic) where every change has
    /// them.
    /// </summary>
    private static Marks SharedMarks(ImmutableArray<CommandEffect> parts)
    {
        const Marks Excuses = Marks.Local | Marks.Synthetic;
        var all = parts.Aggregate(Marks.None, (marks, part) => marks | part.Marks);
        var excused = parts.Where(part => part.Effect > Effect.Read)
            .Aggregate(Excuses, (marks, part) => marks & part.Marks);
        return (all & ~Excuses) | (all & excused);
    }
}
