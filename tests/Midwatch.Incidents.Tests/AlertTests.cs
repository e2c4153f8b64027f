using System.Collections.Immutable;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Procedures;

namespace Midwatch.Incidents.Tests;

public sealed class AlertTests
{
    private static readonly ProcedureCatalog NoRunbooks = new([]);

    [Fact]
    public void The_fingerprint_does_not_depend_on_the_order_of_labels()
    {
        AlertLabel[] labels = [new("b", "2"), new("a", "1")];
        Assert.Equal(AlertFingerprint.Of(labels), AlertFingerprint.Of(labels.Reverse()));
        Assert.Equal(32, AlertFingerprint.Of(labels).Length);
    }

    [Fact]
    public void Labels_that_run_together_do_not_share_a_fingerprint() =>
        Assert.NotEqual(
            AlertFingerprint.Of([new AlertLabel("a", "bc")]), AlertFingerprint.Of([new AlertLabel("ab", "c")]));

    [Theory]
    [InlineData(0, AlertStatus.Firing, AlertNews.Duplicate)]
    [InlineData(0, AlertStatus.Resolved, AlertNews.News)]
    [InlineData(60, AlertStatus.Firing, AlertNews.News)]
    [InlineData(60, AlertStatus.Resolved, AlertNews.News)]
    [InlineData(-60, AlertStatus.Firing, AlertNews.Stale)]
    [InlineData(-60, AlertStatus.Resolved, AlertNews.Stale)]
    public void After_a_firing_alert(int seconds, AlertStatus status, AlertNews expected) =>
        Assert.Equal(expected, Knowing(Samples.Alert()).Judge(Later(seconds, status)));

    [Theory]
    [InlineData(0, AlertStatus.Firing, AlertNews.Stale)]
    [InlineData(0, AlertStatus.Resolved, AlertNews.Duplicate)]
    [InlineData(60, AlertStatus.Firing, AlertNews.News)]
    [InlineData(-60, AlertStatus.Firing, AlertNews.Stale)]
    public void After_a_resolved_alert(int seconds, AlertStatus status, AlertNews expected) =>
        Assert.Equal(expected, Knowing(Samples.Alert(status: AlertStatus.Resolved)).Judge(Later(seconds, status)));

    [Fact]
    public void An_accepted_alert_stays_undecided_until_its_decision_is_recorded()
    {
        var ledger = Knowing(Samples.Alert());
        Assert.Equal([1], ledger.Undecided.Keys);
        ledger = ledger.Apply(
            new LedgerEvent.Decided(Samples.Start, 1, AlertDecision.NoProcedure, null, "No runbook binds it."));
        Assert.Empty(ledger.Undecided);
        Assert.Equal(2, ledger.Version);
    }

    [Fact]
    public void While_an_incident_is_open_its_alert_belongs_to_it_whatever_its_start()
    {
        var open = Open(Samples.Brief());
        var again = Samples.Alert(startsAt: Samples.Start.AddHours(1));
        var route = Assert.IsType<AlertRoute.Join>(AlertRouting.Decide(again, open, NoRunbooks));
        Assert.Equal((open[0].Id, AlertRole.Opening), (route.Incident, route.Role));
    }

    [Fact]
    public void An_alert_that_the_runbook_names_joins_without_a_run_of_its_own()
    {
        var route = Assert.IsType<AlertRoute.Join>(
            AlertRouting.Decide(Samples.Alert("StoreDown"), Open(Samples.Brief()), NoRunbooks));
        Assert.Equal(AlertRole.Related, route.Role);
    }

    [Fact]
    public void An_alert_of_another_namespace_does_not_join()
    {
        var route = AlertRouting.Decide(Samples.Alert("StoreDown", place: "bank"), Open(Samples.Brief()), NoRunbooks);
        Assert.Equal(AlertDecision.NoProcedure, Assert.IsType<AlertRoute.Nowhere>(route).Decision);
    }

    [Fact]
    public void A_resolved_alert_that_nobody_waits_for_opens_nothing()
    {
        var route = AlertRouting.Decide(Samples.Alert(status: AlertStatus.Resolved), [], NoRunbooks);
        Assert.Equal(AlertDecision.NothingOpen, Assert.IsType<AlertRoute.Nowhere>(route).Decision);
    }

    [Fact]
    public void Taking_an_alert_twice_changes_nothing()
    {
        var state = Open(Samples.Brief())[0].State;
        var decision = Incident.Decide(
            state, new IncidentCommand.TakeAlert(Samples.Alert(), AlertRole.Opening, "again"), new(), Samples.Start);
        Assert.Empty(Assert.IsType<Decision.Accepted>(decision).Events);
    }

    [Fact]
    public void Alerts_of_one_name_are_told_apart_by_the_labels_that_differ()
    {
        Alert[] alerts =
        [
            Samples.Alert(pod: "front-1"), Samples.Alert(pod: "front-2", place: "bank"), Samples.Alert(),
            Samples.Alert("StoreDown", pod: "store-1"),
            Samples.Alert("StoreDown", AlertStatus.Resolved, pod: "store-1"),
        ];
        var called = new AlertCalling(alerts);
        Assert.Equal(
            [
                """FrontDown{namespace="shop", pod="front-1"}""", """FrontDown{namespace="bank", pod="front-2"}""",
                """FrontDown{namespace="shop"}""", "StoreDown", "StoreDown",
            ],
            alerts.Select(called.Of));
        Assert.Equal("OtherDown", called.Of(Samples.Alert("OtherDown")));
        Assert.Null(called.Of("no fingerprint"));
    }

    private static AlertLedger Knowing(Alert alert) =>
        AlertLedger.Initial.Apply(new LedgerEvent.Accepted(Samples.Start, alert));

    private static Alert Later(int seconds, AlertStatus status) =>
        Samples.Alert(status: status, startsAt: Samples.Start.AddSeconds(seconds));

    private static ImmutableArray<(IncidentId Id, IncidentState State)> Open(ProcedureBrief brief) =>
        [(IncidentId.FromNumber(1), Samples.After(new IncidentCommand.Open(Samples.Alert(), brief, "test")))];
}
