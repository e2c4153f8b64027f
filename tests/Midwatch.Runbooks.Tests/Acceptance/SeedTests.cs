using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Tests.Acceptance;

public sealed class SeedTests
{
    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void Every_command_of_a_seed_is_found_with_its_effect_and_marks(int seed)
    {
        var commands = Seeds.Commands(Seeds.Compiled(seed));
        var expected = ExpectedCommand.OfSeed(seed);

        Assert.Equal(
            expected.Select(each => $"{each.Line} {each.Effect}"),
            commands.Select(each => $"{each.Span.Line} {each.Effect.Effect.Name()}"));
        foreach (var (command, wanted) in commands.Zip(expected))
        {
            Assert.Equal($"{wanted.Id} {string.Join(',', wanted.Marks.Order())}",
                $"{wanted.Id} {string.Join(',', command.Effect.Marks.Names().Order())}");
        }
    }

    [Fact]
    public void Commands_of_the_first_seed_have_exactly_their_marks_and_phase()
    {
        var commands = Seeds.Commands(Seeds.Compiled(0));
        var expected = ExpectedCommand.OfSeed(0);

        Assert.Equal(28, commands.Count);
        Assert.Equal(
            expected.Select(each => $"{each.Line} {string.Join(',', each.Marks)} {each.Phase}"),
            commands.Select(
                each => $"{each.Span.Line} {string.Join(',', each.Effect.Marks.Names())} {Lower(each.Phase)}"));
    }

    [Fact]
    public void The_first_seed_binds_its_alert_and_names_four_more()
    {
        var procedure = Assert.Single(Seeds.Compiled(0).Procedures);

        Assert.Equal(ProcedureKind.Alert, procedure.Kind);
        Assert.Equal("critical", procedure.Severity);
        Assert.Equal("SidecarAPIDown 3",
            string.Join(' ', procedure.Alerts.Select(alert => $"{alert.Name} {alert.Line}")));
        Assert.Equal(
            ["SidecarHighErrorRate 249", "RedisDown 250", "TritonServerDown 251", "PodCrashLooping 252"],
            procedure.RelatedAlerts.Select(alert => $"{alert.Name} {alert.Line}"));
    }

    [Fact]
    public void The_first_seed_states_its_rules_with_what_they_look_at()
    {
        var rules = Seeds.Compiled(0).Procedures.Single().Rules;

        Assert.Equal([26, 27, 28, 29, 47, 48, 49, 50], rules.Select(rule => rule.Line));
        var refused = rules.Single(rule => rule.Line == 47);
        Assert.Equal(("Connection refused", "Redis/Triton unavailable", true),
            (refused.Observation, refused.Cause, refused.IsLiteral));
        Assert.Equal("app.kubernetes.io/component=sidecar", refused.Subject?.Selector);
    }

    [Fact]
    public void The_first_seed_has_five_scenarios_with_their_gates()
    {
        var scenarios = Seeds.Compiled(0).Procedures.Single().Scenarios;

        Assert.Equal([79, 92, 108, 121, 140], scenarios.Select(scenario => scenario.Line));
        Assert.Equal("Redis/Triton Unavailable", scenarios[1].Title);
        Assert.Equal(
            ["86 recent-rollout", "99 if-needed", "105 if-needed", "128 uses:ecr"],
            scenarios.SelectMany(scenario => scenario.Steps)
                .SelectMany(step => step.Commands)
                .Where(command => command.Gate is not null)
                .Select(command => $"{command.Span.Line} {command.Gate!.Predicate}"));
        Assert.Equal(
            ["undo-rollout", "restart", "restart", "scale-down", "scale-up", "restore-secret",
                "patch-pull-secret", "delete-pods"],
            scenarios.SelectMany(scenario => scenario.Steps)
                .SelectMany(step => step.Commands)
                .Select(command => command.Effect.Action)
                .OfType<string>());
    }

    [Fact]
    public void The_first_seed_proves_recovery_by_four_checks()
    {
        var steps = Seeds.Compiled(0).Procedures.Single().Steps.Where(step => step.Phase == Phase.Verify).ToList();

        Assert.Equal([StepKind.Commands, StepKind.Human], steps.Select(step => step.Kind));
        Assert.IsType<Expectation.PodsReady>(Assert.Single(steps[0].Commands[0].Expects));
        Assert.Equal("""{"status": "ok"}""",
            Assert.IsType<Expectation.JsonShape>(Assert.Single(steps[0].Commands[2].Expects)).Json);
        Assert.Equal("""{"job_id": "<uuid>"}""",
            Assert.IsType<Expectation.JsonShape>(Assert.Single(steps[0].Commands[3].Expects)).Json);
        var alert = Assert.IsType<Expectation.AlertResolves>(Assert.Single(steps[1].Expects));
        Assert.Equal(("SidecarAPIDown", TimeSpan.FromMinutes(2), 171), (alert.Alert, alert.Limit, alert.Line));
    }

    [Fact]
    public void The_first_seed_escalates_by_a_clock_and_a_path()
    {
        var escalations = Seeds.Compiled(0).Procedures.Single().Escalations;

        Assert.Equal([237, 238, 239, 240, 243, 244, 245], escalations.Select(each => each.Line));
        Assert.Equal((TimeSpan.FromMinutes(15), "attempted-fix"), (escalations[0].After, escalations[0].From));
        Assert.All(escalations.Skip(4), each => Assert.NotNull(each.To));
    }

    [Fact]
    public void The_first_seed_has_seven_measures_and_five_steps_afterwards()
    {
        var procedure = Seeds.Compiled(0).Procedures.Single();

        Assert.Equal([178, 186, 199, 211, 230, 231, 232], procedure.Preventions.Select(each => each.Line));
        Assert.Contains("minAvailable: 1", procedure.Preventions[0].Yaml, StringComparison.Ordinal);
        Assert.Equal([257, 258, 259, 260, 261],
            procedure.Steps.Where(step => step.Phase == Phase.Postincident).Select(step => step.Line));
    }

    [Fact]
    public void What_is_no_program_is_an_error_at_its_very_place()
    {
        var diagnostic = Assert.Single(Seeds.Compiled(0).Diagnostics);

        Assert.Equal(("MW2001", Severity.Error, 131, 24),
            (diagnostic.Code, diagnostic.Severity, diagnostic.Span.Line, diagnostic.Span.Column));
    }

    [Fact]
    public void A_hole_is_typed_by_its_place_or_its_name()
    {
        var holes = Seeds.Commands(Seeds.Compiled(0)).SelectMany(command => command.Placeholders)
            .Select(each => $"{each.Name} {each.Type} {each.Span.Line}");

        Assert.Equal(["pending-pod-name pod 74", "account-id account-id 129"], holes);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 9)]
    [InlineData(3, 0)]
    [InlineData(4, 3)]
    public void Alerts_of_a_seed_are_bound_to_procedures(int seed, int count)
    {
        Assert.Equal(count, Seeds.Compiled(seed).Procedures.Sum(procedure => procedure.Alerts.Length));
    }

    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void Hardly_a_line_of_a_seed_is_unrecognised(int seed)
    {
        var runbook = Seeds.Compiled(seed);
        var lines =
            runbook.Nodes.Where(node => node.Kind == NodeKind.Unrecognised).Sum(node => node.EndLine - node.Line + 1);

        Assert.True(lines * 20 < runbook.Text.Split('\n').Length);
    }

    private static string Lower(Phase phase) => string.Concat(phase.ToString().Select(char.ToLowerInvariant));
}
