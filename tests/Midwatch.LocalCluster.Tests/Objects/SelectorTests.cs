using Midwatch.LocalCluster.Objects.Schema;
using Midwatch.LocalCluster.Objects.Selection;
using Midwatch.LocalCluster.Tests.Api;

namespace Midwatch.LocalCluster.Tests.Objects;

public sealed class SelectorTests
{
    [Theory]
    [InlineData("app=web", true)]
    [InlineData("app==web,tier!=db", true)]
    [InlineData("app in (api, web),!old", true)]
    [InlineData("app notin (web)", false)]
    [InlineData("missing!=x", true)]
    [InlineData("weight>3", true)]
    [InlineData("weight<3", false)]
    [InlineData("empty=", true)]
    [InlineData("", true)]
    public void A_label_selector_selects_as_kubernetes_does(string selector, bool expected)
    {
        var labels = RunningApi.Json("""{"app":"web","tier":"front","weight":"5","empty":""}""");

        var parsed = LabelSelectorParser.Parse(selector, out var error);

        Assert.Equal("", error);
        Assert.Equal(expected, parsed!.Matches(labels));
    }

    [Theory]
    [InlineData("app in web", "unable to parse requirement: found 'web' expected: '('")]
    [InlineData("=x", "unable to parse requirement: found '=', expected: identifier")]
    [InlineData("a in (b", "unable to parse requirement: found '', expected: ',' or ')'")]
    public void A_damaged_selector_is_explained(string selector, string expected)
    {
        Assert.Null(LabelSelectorParser.Parse(selector, out var error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("0.5", "500m")]
    [InlineData("1000m", "1")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1500Mi", "1500Mi")]
    [InlineData("1e3", "1k")]
    [InlineData("0", "0")]
    [InlineData("100000", "100k")]
    [InlineData("lots", null)]
    public void Quantities_have_one_canonical_form(string text, string? expected) =>
        Assert.Equal(expected, Quantity.Canonical(text));
}
