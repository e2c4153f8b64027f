using System.Collections.Immutable;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint;
using Midwatch.Runbooks.Lint.Manifests;
using Midwatch.Runbooks.Lint.Rules;

namespace Midwatch.Runbooks.Tests.Lint;

/// <summary>Documents held against rule files and manifests, which tell a part of what there is.</summary>
public sealed class SurroundingTests
{
    private const string Manifests = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: cart, namespace: shop}
        spec: {template: {metadata: {labels: {app: cart}}, spec: {containers: [{name: web}]}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: basket, namespace: shop}
        spec: {selector: {app: basket}, ports: [{port: 80}]}
        """;

    private const string Rules = """
        groups:
        - name: shop
          rules:
          - alert: CartErrorRateHigh
            expr: sum(rate(cart_errors_total[5m])) / sum(rate(cart_requests_total[5m])) > 0.05
            labels: {severity: critical}
        """;

    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());
    private static readonly Linter Linter = new(new CodeCatalogue(), EffectJudge.Default());

    [Theory]
    [InlineData("kubectl get pods -n shp", "MW5001")]
    [InlineData("kubectl describe deploy/cart -n sales", "MW5001")]
    [InlineData("kubectl get pods -n sales -l app=cart", "MW5001")]
    [InlineData("kubectl get pods -n kafka", null)]
    [InlineData("kubectl create namespace trial\nkubectl get pods -n trial\nkubectl delete namespace trial", null)]
    [InlineData("kubectl describe deploy/basket -n shop", "MW5002")]
    [InlineData("kubectl describe deploy/basket", null)]
    [InlineData("kubectl describe deploy/crat", "MW5002")]
    [InlineData("kubectl create deployment basket -n shop --image=x\nkubectl describe deploy/basket -n shop", null)]
    [InlineData("kubectl get pods -n shop -l app=carts", "MW5003")]
    [InlineData("kubectl get pods -n shop -l app=basket", null)]
    [InlineData("kubectl label pods -n shop -l app=carts app=cart --overwrite", null)]
    [InlineData("kubectl get pods -l app=other", null)]
    [InlineData("kubectl get pods -n shop -l app=cart,track=canary", null)]
    [InlineData("kubectl logs deploy/cart -c wep -n shop", "MW5004")]
    [InlineData("kubectl port-forward svc/basket 8080:81 -n shop", "MW5005")]
    public void Manifests_tell_of_what_is_theirs_and_of_nothing_else(string commands, string? code)
    {
        Assert.Equal(code is null ? [] : [code], Codes("cart.md", $"# Cart\n\n```bash\n{commands}\n```\n",
            input => input with { Manifests = ManifestReader.Read([("m.yaml", Manifests)]) }).Where(IsFive));
    }

    [Theory]
    [InlineData("docs/classes.md", "# Classes\n\n## CartRepository\n\nText.\n", false)]
    [InlineData("docs/runbooks/cart.md", "# Cart\n\n## CartLatencyHigh\n\nText.\n", true)]
    [InlineData("docs/cart.md", "# CartLatencyHigh\n\nText.\n", true)]
    [InlineData("docs/cart.md", "# Cart\n\n**Alert**: `CartLatencyHigh`\n", true)]
    [InlineData("docs/cart.md", "# Cart\n\n**Alert**: `CartErrorRateHigh`\n", false)]
    public void An_alert_without_rule_is_told_where_it_is_stated_as_one(string path, string text, bool told)
    {
        Assert.Equal(told, Codes(path, text, WithRules(Rules)).Contains("MW6002"));
    }

    [Theory]
    [InlineData("docs/cart-error-rate-high.md", false)]
    [InlineData("docs/cart.md", true)]
    [InlineData("docs/cart.md", false, "## Cart error rate high")]
    public void A_file_or_section_that_is_called_like_the_alert_is_its_runbook(
        string path, bool told, string section = "")
    {
        Assert.Equal(told, Codes(path, $"# Errors of the cart\n\nText.\n\n{section}\n\nText.\n", WithRules(Rules))
            .Contains("MW6001"));
    }

    [Theory]
    [InlineData("5 %", false)]
    [InlineData("5", false)]
    [InlineData("0.05", false)]
    [InlineData("7 %", true)]
    [InlineData("7", true)]
    public void A_threshold_may_be_written_in_percent(string threshold, bool told)
    {
        Assert.Equal(told, Codes("docs/runbooks/cart.md",
            $"# Cart\n\n**Alert**: `CartErrorRateHigh`\n**Threshold**: > {threshold}\n", WithRules(Rules))
            .Contains("MW4004"));
    }

    [Fact]
    public void Rules_that_a_ConfigMap_carries_are_read_with_their_lines()
    {
        var map = "kind: ConfigMap\ndata:\n  alerts.yml: |\n"
            + string.Concat(Rules.Split('\n').Select(line => $"    {line}\n"));

        var rule = Assert.Single(RuleReader.Read([("map.yaml", map)]).Rules);

        Assert.Equal("CartErrorRateHigh", rule.Name);
        Assert.Equal(7, rule.NamePlace.Line);
        Assert.Equal(8, rule.ExpressionPlace.Line);
    }

    private static bool IsFive(string code) => code.StartsWith("MW5", StringComparison.Ordinal);

    private static Func<LintInput, LintInput> WithRules(string rules) =>
        input => input with { Rules = RuleReader.Read([("rules.yaml", rules)]) };

    private static ImmutableArray<string> Codes(string path, string text, Func<LintInput, LintInput> with) =>
    [
        .. Linter.Lint(with(new LintInput { Runbooks = [Compiler.Compile(new RunbookSource(path, text))] }),
            TestContext.Current.CancellationToken).Select(finding => finding.Diagnostic.Code),
    ];
}
