using Midwatch.LocalCluster.Kubelet.Volumes;
using Midwatch.Processes;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Tests.Kubelet;

public sealed class ClaimDiskTests
{
    [Fact]
    public async Task Nodes_that_make_a_disk_at_the_same_moment_have_one_between_them()
    {
        Assert.SkipWhen(PlaceSupport.Mkfs is null, "There is no mkfs here.");
        var folder = Directory.CreateTempSubdirectory("midwatch-disk-").FullName;
        try
        {
            await using var starter = new ProgramStarter();
            var file = Path.Combine(folder, "shop", "data.disk");
            var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
                Task.Run(() => ClaimDisk.Make(starter, file, 4 << 20), TestContext.Current.CancellationToken)));
            Assert.All(made, Assert.Null);
            Assert.Equal([file], Directory.EnumerateFiles(Path.Combine(folder, "shop")));
            Assert.Equal(4 << 20, new FileInfo(file).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
