namespace Midwatch.Runbooks.Tests.Acceptance;

/// <summary>How much of what the seeds state is found, table by table; the figures are printed.</summary>
public sealed class RecallTests(ITestOutputHelper output)
{
    private static readonly (char Letter, string Table, double Bar)[] Tables =
    [
        ('A', "alerts", 1), ('R', "rules", 0.95), ('S', "symptoms", 0.95), ('T', "times", 0.95),
        ('V', "expectations and checks", 0.95), ('E', "escalation", 0.95), ('P', "prevention", 0.95),
        ('L', "related alerts", 0.95), ('I', "post-incident", 0.95), ('H', "steps by hand", 0.95),
    ];

    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void What_a_seed_states_is_found(int seed)
    {
        var found = Statement.In(Seeds.Compiled(seed)).ToLookup(each => each.Line);
        var rows = Statement.OfSeed(seed);
        var failures = new List<string>();
        foreach (var (letter, table, bar) in Tables)
        {
            var ids = rows.Where(row => row.Id[3] == letter).GroupBy(row => row.Id).ToList();
            if (ids.Count == 0)
            {
                continue;
            }

            var missed = ids.Where(id => id.Any(row => !found[row.Line].Any(row.IsMetBy)))
                .Select(id => $"{id.Key} line {id.First().Line}").ToList();
            var recall = 1 - ((double)missed.Count / ids.Count);
            output.WriteLine($"S{seed} {table,-24} {ids.Count - missed.Count,3} of {ids.Count,3}  {recall:P1}  "
                + string.Join(", ", missed));
            if (recall < bar)
            {
                failures.Add($"{table}: {string.Join(", ", missed)}");
            }
        }

        Assert.Empty(failures);
    }

    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void Every_block_is_found_with_its_commands(int seed)
    {
        var runbook = Seeds.Compiled(seed);
        var commands = Seeds.Commands(runbook);
        var blocks = ExpectedBlock.OfSeed(seed);
        var missed = blocks.Where(block =>
            !runbook.Nodes.Any(node => node.Kind == NodeKind.Code && node.Line == block.Line
                && node.EndLine == block.EndLine)
            || commands.Count(each => block.Line <= each.Span.Line && each.Span.Line <= block.EndLine)
                != block.Commands)
            .Select(block => block.Id).ToList();

        output.WriteLine($"S{seed} blocks {blocks.Count - missed.Count} of {blocks.Count} {string.Join(", ", missed)}");
        Assert.Empty(missed);
    }

    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void Every_command_has_the_phase_of_its_chapter_and_the_holes_of_its_words(int seed)
    {
        var pairs = ExpectedCommand.OfSeed(seed).Zip(Seeds.Commands(Seeds.Compiled(seed))).ToList();
        var phases = pairs.Where(pair => pair.First.Phase is { } phase
            && !string.Equals(phase, pair.Second.Phase.ToString(), StringComparison.OrdinalIgnoreCase)).ToList();
        var holes = pairs.Where(pair =>
            pair.First.Holes.Except(pair.Second.Placeholders.Select(hole => hole.Name)).Any()).ToList();

        output.WriteLine($"S{seed} phases {pairs.Count - phases.Count} of {pairs.Count} "
            + string.Join(", ", phases.Select(pair => $"{pair.First.Id} {pair.Second.Phase}")));
        var holed = pairs.Count(pair => pair.First.Holes.Length > 0);
        output.WriteLine($"S{seed} holes {holed - holes.Count} of {holed} "
            + string.Join(", ", holes.Select(pair => pair.First.Id)));
        Assert.Empty(phases);
        Assert.Empty(holes);
    }

    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void Every_command_names_what_it_acts_on(int seed)
    {
        var targets = ExpectedTarget.All();
        var pairs = ExpectedCommand.OfSeed(seed).Zip(Seeds.Commands(Seeds.Compiled(seed)))
            .Select(pair => (Wanted: targets[pair.First.Id], Found: pair.Second.Effect.Target)).ToList();
        var missed = pairs.Where(pair => !pair.Wanted.IsMetBy(pair.Found))
            .Select(pair => $"{pair.Wanted} but {pair.Found}").ToList();

        output.WriteLine($"S{seed} targets {pairs.Count - missed.Count} of {pairs.Count}");
        Assert.Empty(missed);
    }

    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void Every_command_is_found_and_nothing_that_changes_is_called_read(int seed)
    {
        var expected = ExpectedCommand.OfSeed(seed);
        var found = Seeds.Commands(Seeds.Compiled(seed));
        var right = expected.Zip(found).Count(pair => pair.First.Line == pair.Second.Span.Line
            && pair.First.Effect == Runbooks.Effects.EffectNames.Name(pair.Second.Effect.Effect));

        var share = (double)right / expected.Count;
        output.WriteLine($"S{seed} commands {found.Count} of {expected.Count}, effects {share:P1}");
        Assert.Equal(expected.Count, found.Count);
        Assert.True(right >= 0.99 * expected.Count);
        Assert.DoesNotContain(expected.Zip(found), pair => pair.First.Effect != "read"
            && pair.Second.Effect.Effect == Runbooks.Effects.Effect.Read);
    }
}
