using System.Reflection;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Tests.Effects;

public sealed class EffectTests
{
    public static TheoryData<string, string> Cases(string file)
    {
        var cases = new TheoryData<string, string>();
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file);
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var bar = line.IndexOf('|', StringComparison.Ordinal);
            cases.Add(line[(bar + 1)..].Trim().Replace("⏎", "\n", StringComparison.Ordinal), line[..bar].Trim());
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases), "Effects/commands.txt")]
    public void A_command_has_the_effect_that_a_careful_engineer_gives_it(string command, string expected)
    {
        var effect = Judging.Of(command);

        Assert.Equal(expected, Judging.Shown(effect));
        Assert.NotEmpty(effect.Reasons);
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
