using System.Reflection;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Tests.Effects;

public sealed class EffectTests
{
    public static TheoryData<string, string> Cases(string file)
    {
        var cases = new TheoryData<string, string>();
        foreach (var line in Lines(file))
        {
            var bar = line.IndexOf(" | ", StringComparison.Ordinal);
            cases.Add(line[(bar + 2)..].Trim().Replace("⏎", "\n", StringComparison.Ordinal), line[..bar].Trim());
        }

        return cases;
    }

    internal static string[] Lines(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file);
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }

    [Theory]
    [MemberData(nameof(Cases), "Effects/commands.txt")]
    public void A_command_has_the_effect_that_a_careful_engineer_gives_it(string command, string expected)
    {
        var effect = Judging.Of(command);

        Assert.Equal(expected, Judging.Shown(effect));
        Assert.NotEmpty(effect.Reasons);
    }

    [Fact]
    public void Ordinary_commands_that_only_look_are_reads()
    {
        var wrong = Lines("Effects/reads.txt").Select(line => (line, Judging.Of(line)))
            .Where(each => each.Item2.Effect != Effect.Read || !each.Item2.Elsewhere.IsEmpty)
            .Select(each => $"{each.line}: {Judging.Shown(each.Item2)}, {each.Item2.Reasons[0]}")
            .ToList();

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(Lines("Effects/reads.txt").Length >= 200);
    }

    [Theory]
    [MemberData(nameof(Cases), "Effects/Attacks/reads-that-are-not.txt")]
    public void A_read_that_is_not_one_is_never_called_read(string command, string least)
    {
        var effect = Judging.Of(command);

        Assert.True(effect.Effect >= Enum.Parse<Effect>(least, ignoreCase: true), Judging.Shown(effect));
        Assert.NotEqual(Effect.Read, effect.Effect);
    }
}
