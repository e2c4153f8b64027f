using System.Collections.Immutable;
using System.Text;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.LocalCluster.Kubelet.Usage;

namespace Midwatch.LocalCluster.Tests.Kubelet;

public sealed class ProcessSampleTests
{
    private const string Rest = "S 7 9 9 0 -1 4194560 1 0 0 0 30 12 0 0 20 0 1 0 100 5000 600 18446744073709551615 1 1";

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("12 (sh")]
    [InlineData("12 (sh)")]
    [InlineData("12 (sh) S 7 9")]
    public void A_line_that_was_cut_off_is_none(string line) =>
        Assert.Null(ProcessSample.Parse(12, Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData("12 (sh) ")]
    [InlineData("12 (a) S 1 1 (b) ")]
    public void The_name_may_hold_anything(string start) =>
        Assert.Equal(new ProcessSample(12, Parent: 7, Group: 9, CpuTicks: 42, ResidentPages: 600),
            ProcessSample.Parse(12, Encoding.UTF8.GetBytes(start + Rest)));

    [Fact]
    public void This_process_is_among_all_and_one_that_is_not_there_is_null()
    {
        Assert.Contains(ProcessSample.All(), one => one.Pid == Environment.ProcessId && one.ResidentPages > 0);
        Assert.Null(ProcessSample.Read(int.MaxValue));
    }

    [Fact]
    public void Variables_come_back_as_they_were_packed()
    {
        var variables = ImmutableDictionary<string, string>.Empty
            .Add("EMPTY", "").Add("PATH", "/bin:/usr/bin").Add("TEXT", "a=b\nä ☃");
        Assert.Equal(
            variables.OrderBy(pair => pair.Key), new PackedVariables(variables).Unpack().OrderBy(pair => pair.Key));
        Assert.Empty(new PackedVariables(ImmutableDictionary<string, string>.Empty).Unpack());
        Assert.Empty(default(PackedVariables).Unpack());
    }
}
