using Midwatch.Incidents.Policies;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Incidents.Tests;

public sealed class PolicyTests
{
    [Theory]
    [InlineData(Effect.Read, Marks.None, "shop", true, PolicyDecisionKind.Run, 0, "read")]
    [InlineData(Effect.Read, Marks.Local | Marks.Endless, null, false, PolicyDecisionKind.Run, 0, "read")]
    [InlineData(Effect.Read, Marks.PrintsSecret, "shop", true, PolicyDecisionKind.Ask, 1, "prints-secret")]
    [InlineData(Effect.Change, Marks.Disrupts, "shop", true, PolicyDecisionKind.Ask, 1, "change")]
    [InlineData(Effect.Change, Marks.None, "other", false, PolicyDecisionKind.Ask, 1, "change-outside")]
    [InlineData(Effect.Change, Marks.None, "kube-system", true, PolicyDecisionKind.Ask, 2, "change-system")]
    [InlineData(Effect.Unknown, Marks.None, "shop", true, PolicyDecisionKind.Ask, 1, "unknown")]
    [InlineData(Effect.Destroy, Marks.None, "shop", true, PolicyDecisionKind.Ask, 2, "destroy")]
    [InlineData(Effect.Destroy, Marks.Local, "kube-system", false, PolicyDecisionKind.Ask, 2, "destroy")]
    public void The_default_table_decides(
        Effect effect, Marks marks, string? place, bool inScope, PolicyDecisionKind kind, int approvals, string rule)
    {
        foreach (var local in new[] { true, false })
        {
            var decision =
                ActingPolicy.Default.Decide(Question(effect, marks, place, inScope) with { IsLocalCluster = local });
            Assert.Equal((kind, approvals, rule), (decision.Kind, decision.Approvals, decision.Rule));
        }
    }

    [Theory]
    [InlineData(Effect.Change, Marks.Synthetic, PolicyDecisionKind.Run)]
    [InlineData(Effect.Change, Marks.Local, PolicyDecisionKind.Run)]
    [InlineData(Effect.Change, Marks.None, PolicyDecisionKind.Ask)]
    [InlineData(Effect.Change, Marks.Synthetic | Marks.PrintsSecret, PolicyDecisionKind.Ask)]
    [InlineData(Effect.Destroy, Marks.Synthetic, PolicyDecisionKind.Ask)]
    public void A_plans_approval_covers_the_synthetic_and_local_part_of_its_verification(
        Effect effect, Marks marks, PolicyDecisionKind kind) =>
        Assert.Equal(
            kind, ActingPolicy.Default.Decide(
                Question(effect, marks, "shop", inScope: true) with { IsVerification = true }).Kind);

    [Fact]
    public void What_no_rule_allows_is_refused() =>
        Assert.Equal(
            PolicyDecisionKind.Refuse,
            (ActingPolicy.Default with { Rules = [] }).Decide(
                Question(Effect.Read, Marks.None, null, inScope: true)).Kind);

    [Fact]
    public void Nothing_but_reading_ever_runs_by_itself_outside_a_verification()
    {
        foreach (var effect in Enum.GetValues<Effect>().Where(effect => effect != Effect.Read))
        {
            for (var marks = 0; marks < 128; marks++)
            {
                Assert.NotEqual(
                    PolicyDecisionKind.Run,
                    ActingPolicy.Default.Decide(Question(effect, (Marks)marks, "shop", inScope: true)).Kind);
            }
        }
    }

    private static PolicyQuestion Question(Effect effect, Marks marks, string? place, bool inScope) => new()
    {
        Effect = effect, Marks = marks, Namespace = place, IsInScope = inScope, IsLocalCluster = true,
        IsVerification = false,
    };
}
