using System.Collections.Immutable;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Tests.Effects;

public sealed class EffectDataTests
{
    [Fact]
    public void The_index_names_exactly_the_programs_that_the_files_describe()
    {
        var index = DataFile.Read("Effects/Data/index.yaml");

        foreach (var file in index.Keys)
        {
            var described = ToolReader.Read(DataFile.Read($"Effects/Data/{file}.yaml")).Keys;
            Assert.Equal(described.Order(StringComparer.Ordinal), index.Texts(file).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_call_is_judged_the_same_before_and_after_expansion()
    {
        var written = Judging.Of("kubectl rollout restart deployment/\"$NAME\" -n \"$NAMESPACE\"");
        var expanded = Judging.OfCall("kubectl", "rollout", "restart", "deployment/web", "-n", "shop");

        Assert.Equal(Judging.Shown(written), Judging.Shown(expanded));
        Assert.Equal(("deployment", "web", "shop"),
            (expanded.Target?.Kind, expanded.Target?.Name, expanded.Target?.Namespace));
        Assert.Equal("restart", expanded.Action);
    }

    [Fact]
    public void An_apply_from_a_pipe_is_a_change_only_when_what_it_is_fed_was_made()
    {
        ImmutableArray<string> call = ["kubectl", "apply", "-f", "-"];

        Assert.Equal(Effect.Unknown, EffectJudge.Default().JudgeCall(call, []).Effect);
        Assert.Equal(Effect.Change, EffectJudge.Default().JudgeCall(call, [], inputIsMade: true).Effect);
    }

    [Fact]
    public void Options_that_lead_to_another_cluster_are_told()
    {
        Assert.Equal(["--context"], Judging.Of("kubectl --context prod get pods").Elsewhere);
        Assert.Empty(Judging.Of("kubectl get pods").Elsewhere);
    }

    [Theory]
    [InlineData("kubectl scale --replicas=3 sts redis -n shop", "statefulset redis shop  3")]
    [InlineData("kubectl delete pods -l app=web -n shop", "pod  shop app=web ")]
    [InlineData("kubectl logs web-0 -n shop", "pod web-0 shop  ")]
    [InlineData("kubectl logs deploy/web", "deployment web   ")]
    [InlineData("kubectl get pv,pvc", "persistentvolume,persistentvolumeclaim    ")]
    [InlineData("kubectl cordon node-1", "node node-1   ")]
    [InlineData("curl http://web/health", "url http://web/health   ")]
    public void A_target_is_found_and_its_kind_normalised(string command, string expected)
    {
        var target = Judging.Of(command).Target;

        Assert.NotNull(target);
        Assert.Equal(expected, $"{target.Kind} {target.Name} {target.Namespace} {target.Selector} {target.Replicas}");
    }
}
