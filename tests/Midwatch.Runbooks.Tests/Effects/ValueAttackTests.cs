using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Tests.Effects;

/// <summary>
/// Hostile values through the real interpreter and judge, into a host that only remembers: a value is one word, and
/// never code, another word, or an option.
/// </summary>
public sealed partial class ValueAttackTests
{
    private static readonly EffectJudge Judge = EffectJudge.Default();

    public static TheoryData<string, string, string> Holes()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var line in EffectTests.Lines("Effects/Attacks/holes.txt"))
        {
            var first = line.IndexOf(" | ", StringComparison.Ordinal);
            var last = line.LastIndexOf(" | ", StringComparison.Ordinal);
            data.Add(line[..first], line[(first + 3)..last], line[(last + 3)..]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Holes))]
    public async Task A_value_is_one_word_or_nothing_runs(string source, string text, string expected)
    {
        var faults = new List<string>();
        foreach (var value in EffectTests.Lines("Effects/Attacks/values.txt").Select(Unescape))
        {
            var started = await RunAsync(source, text, value);
            faults.AddRange(started
                .Where(vector => vector is not ["cat", "value"] && !Fits(vector, expected, source, value))
                .Select(vector => $"{Short(value)} gave {Short(string.Join('¦', vector))}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("kubectl get pod $VALUE -n shop")]
    [InlineData("kubectl exec web-0 -- sh -c \"cat $VALUE\"")]
    [InlineData("psql -c \"SELECT * FROM jobs WHERE id = '$VALUE'\"")]
    [InlineData("eval 'kubectl get pods -n shop'")]
    [InlineData("OPTS='-n shop'; kubectl get pods $OPTS \"$VALUE\"")]
    public async Task A_plain_value_runs(string text)
    {
        Assert.Single(await RunAsync("label", text, "web-0.shop_1"));
    }

    private static bool Fits(ImmutableArray<string> vector, string expected, string source, string value)
    {
        var words = expected.Split(' ');
        return expected == "-"
            ? vector.All(word => !word.Contains(value, StringComparison.Ordinal)) || PlainText().IsMatch(value)
            : vector.Length == words.Length
                && vector.Zip(words).All(pair => Fits(pair.First, pair.Second, source, value));
    }

    /// <summary>Values from outside stay what they are; those of programs lose what bash takes off them.</summary>
    private static bool Fits(string word, string expected, string source, string value)
    {
        var hole = expected.IndexOf("{}", StringComparison.Ordinal);
        if (hole == 0 && word.Length > 1 && word[0] == '-')
        {
            return false;
        }

        return hole < 0 ? word == expected
            : source is "label" or "placeholder" or "environment"
                ? word == expected.Replace("{}", value, StringComparison.Ordinal)
            : word.StartsWith(expected[..hole], StringComparison.Ordinal);
    }

    private static async Task<ImmutableArray<ImmutableArray<string>>> RunAsync(
        string source, string text, string value)
    {
        var folder = Directory.CreateTempSubdirectory("midwatch-values-");
        try
        {
            if (source == "file" && !TryMakeFile(folder.FullName, value))
            {
                return [];
            }

            return await RunAsync(source, text, value, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<ImmutableArray<ImmutableArray<string>>> RunAsync(
        string source, string text, string value, string folder)
    {
        var parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
        Assert.True(parsed.IsSound, text);
        var environment = ImmutableDictionary<string, string>.Empty.Add("PATH", "/usr/bin");
        await using var session = new ShellSession(
            folder, source == "environment" ? environment.Add("VALUE", value) : environment);
        if (source == "label")
        {
            session.Bind("VALUE", value);
        }

        var host = new RecordingHost(value);
        var gate = new EffectGate(Judge.Read(parsed.Script, text), text, Effect.Read);
        var values = PlaceholderBindings.None.Values.Add("<value>", value).Add("value", value);
        var bindings = new PlaceholderBindings(values);
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        await new Interpreter(host, gate).RunAsync(
            parsed.Script, session, bindings, new ShellStreams(nothing, nothing, nothing), CancellationToken.None);
        return [.. host.Started];
    }

    private static bool TryMakeFile(string folder, string name)
    {
        if (name.Length is 0 or > 80 || name is "." or ".." || name.AsSpan().ContainsAny('/', '\0'))
        {
            return false;
        }

        File.WriteAllText(Path.Combine(folder, name), "");
        return true;
    }

    private static string Unescape(string text) => Escapes().Replace(text, match => match.Value switch
    {
        "\\n" => "\n",
        "\\r" => "\r",
        "\\t" => "\t",
        "\\0" => "\0",
        "\\\\" => "\\",
        ['(', ..] => new string('a', 1 << 20),
        var number => ((char)int.Parse(number[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
    });

    private static string Short(string text) =>
        text.Length > 200 ? text[..200] + "…" : text.Replace("\n", "⏎", StringComparison.Ordinal);

    [GeneratedRegex(@"\\[nrt0\\]|\\x[0-9A-F]{2}|\\u[0-9A-F]{4}|\(1MB:a\)")]
    private static partial Regex Escapes();

    [GeneratedRegex("^[A-Za-z0-9_.:/@%+,=-]*$")]
    private static partial Regex PlainText();
}
