using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Custom.Cel;

namespace Midwatch.LocalCluster.Tests.Objects;

/// <summary>The expression language of x-kubernetes-validations.</summary>
public sealed class CelTests
{
    private const string Self =
        """
        {"min": 2, "max": 5, "name": "Shop-A", "ratio": 0.5, "tags": ["a", "b", "c"], "none": null,
         "ports": [{"n": 80, "p": "TCP"}, {"n": 443, "p": "TCP"}], "map": {"x": 1, "y": 2}, "since": "2026-01-02T03:04:05Z"}
        """;

    [Theory]
    [InlineData("self.min <= self.max", true)]
    [InlineData("self.min + self.max * 2 == 12", true)]
    [InlineData("(self.min + self.max) * 2 == 14 && -self.min == -2", true)]
    [InlineData("7 / 2 == 3 && 7 % 4 == 3 && 7.0 / 2.0 == 3.5", true)]
    [InlineData("self.ratio < self.min", true)]
    [InlineData("has(self.name) && !has(self.nickname)", true)]
    [InlineData("!has(self.nickname) || self.nickname == 'x'", true)]
    [InlineData("self.nickname == 'x' || true", true)]
    [InlineData("self.nickname == 'x' && false", false)]
    [InlineData("'b' in self.tags && !('z' in self.tags) && 'x' in self.map", true)]
    [InlineData("self.tags.all(t, t.matches('^[a-c]$'))", true)]
    [InlineData("self.tags.exists(t, t == 'd')", false)]
    [InlineData("self.ports.exists_one(p, p.n == 80)", true)]
    [InlineData("self.ports.map(p, p.n) == [80, 443]", true)]
    [InlineData("self.ports.map(p, p.n > 100, p.n) == [443]", true)]
    [InlineData("self.ports.filter(p, p.n > 100).size() == 1", true)]
    [InlineData("self.map.all(k, self.map[k] > 0)", true)]
    [InlineData("size(self.tags) == 3 && self.tags[0] == 'a'", true)]
    [InlineData("self.name.startsWith('Shop') && self.name.endsWith(\"-A\") && self.name.contains('op')", true)]
    [InlineData("self.name.lowerAscii() == 'shop-a' && self.name.split('-')[1] == 'A'", true)]
    [InlineData("self.name.substring(0, 4) + '!' == 'Shop!'", true)]
    [InlineData("[1, 2, 3].isSorted() && [3, 1].sum() == 4 && [3, 1].max() == 3", true)]
    [InlineData("self.min == 2 ? self.max == 5 : false", true)]
    [InlineData("duration('1h') > duration('30m')", true)]
    [InlineData("timestamp(self.since) + duration('1m') > timestamp('2026-01-02T03:04:59Z')", true)]
    [InlineData("int('12') == 12 && string(3) == '3' && double('1.5') == 1.5", true)]
    [InlineData("{'a': 1}.a == 1 && self.none == null", true)]
    [InlineData(@"'a\n\u00e4' == ""a\nä"" && r'\d' == '\\d'", true)]
    public void An_expression_comes_to(string text, bool expected) => Assert.Equal(expected, Evaluate(text));

    [Theory]
    [InlineData("self.nickname", "no such key: nickname")]
    [InlineData("self.tags[7]", "index out of bounds: 7")]
    [InlineData("1 / 0", "division by zero")]
    [InlineData("self.min + 'x'", "no such overload")]
    [InlineData("other", "undeclared reference to 'other'")]
    public void What_cannot_be_computed_says_why(string text, string message) =>
        Assert.Equal(new CelError(message), Evaluate(text));

    [Theory]
    [InlineData("self.min <")]
    [InlineData("(self.min")]
    [InlineData("self..min")]
    [InlineData("'open")]
    [InlineData("[1, 2")]
    [InlineData("self.tags.all(1, true)")]
    public void What_cannot_be_read_is_refused(string text)
    {
        Assert.Null(CelParser.Parse(text, out var error));
        Assert.Contains("Syntax error", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_as_deep_as_a_well_does_not_bring_the_server_down() =>
        Assert.Null(CelParser.Parse(new string('(', 100_000), out _));

    private static object? Evaluate(string text)
    {
        var node = CelParser.Parse(text, out var error);
        Assert.True(node is not null, error);
        return new CelEvaluator(ImmutableDictionary<string, object?>.Empty
            .Add("self", CelValues.Of(JsonNode.Parse(Self)))).Evaluate(node);
    }
}
